# Of b a part of a is cut out, across its paragraphs; c is a, written otherwise;
# the fourth says its own words again, and one word all the time; 6 has the
# numbers of 5, 8 others.
cat >"$T/in" <<'END'
{"id":"a","text":"Two mills stand on the old brook, and each of them grinds the rye of one valley.\n\nThe miller sleeps above the wheel, which never stops before the first frost."}
{"id":"b","text":"Oats.\n\n  * In our book we read: “Two mills stand on the old brook, and each of them grinds the rye of one valley.”  The baker, who wrote it, knew them both.\n\n  * Barley is for beer, which only the neighbours make in those days of want."}
{"id":"c","text":"TWO MILLS stand on the old brook and each of them grinds the rye of one valley; the miller sleeps above the wheel which never stops before the first frost! (1907)"}
{"text":"水車は川のそばにあります。山の水で米をつきます。冬は休みます。水車は川のそばにあります。山の水で米をつきます。春まで。moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin moulin"}
{"id":5,"text":"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"}
{"id":6,"text":"2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 and so on to a thousand, he said, for he had the time"}
{"id":7,"text":"the wheel, which never stops"}
{"id":8,"text":"2 3 4 5 6 7 8 9 10 11 12 14 14 15 16 17 18 19 20"}
END
mlin dedup --spans --span-words 16 --rejects - "$T/in" --out "$T/kept"
echo
cat "$T/kept"
echo
mlin dedup --spans --span-words 16 --mark "$T/in" | sed 's/.*"dup_spans"/"dup_spans"/'
