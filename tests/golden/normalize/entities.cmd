mlin normalize <<'END'
{"id":"names","text":"caf&eacute; &ndash; &Omega;&euro; &quot;a&quot; &apos;b&apos; x&nbsp;y &hellip;"}
{"id":"numbers","text":"&#233;&#xE9;&#Xe9; &#150; &#128512; e&#769;"}
{"id":"again","text":"&amp;amp;lt;br&amp;gt; &&#97;mp; &am&shy;p;"}
{"id":"not decoded","text":"AT&T; R&D &copy 2020 &unknown; &#0; &#xD800; &#129; &#x110000;"}
{"id":"white space","text":"a&nbsp;&nbsp;b&#13;&#10;c&#8203;d&#9;"}
{"id":"mojibake","text":"caf&Atilde;&copy; th&Atilde;&copy;"}
{"id":"right to left","text":"&#1513;&#1500;&#1493;&#1501;&rlm; (1)"}
{"id":"left to right","text":"a&rlm; (1)"}
{"id":"nothing left","text":"&nbsp;&shy;"}
END
mlin normalize --keep-entities <<'END'
{"id":"kept","text":"Write &amp;lt; for &lt;  and &#60;"}
END
