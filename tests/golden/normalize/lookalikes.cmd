mlin normalize --lookalikes <<'END'
{"id":1,"text":"p\u0430yp\u0430l  and \u0430pple"}
{"id":2,"text":"Москва, Athens, Αθήνα"}
{"id":3,"text":"Рyc\u0441кий"}
{"id":4,"text":"h&omicron;me"}
{"id":5,"text":"\u00a0"}
END
