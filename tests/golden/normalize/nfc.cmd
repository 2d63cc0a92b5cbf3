mlin normalize <<'END'
{"id":1,"text":"Cafe\u0301 Z\u030crno \u0418\u0306 \u1f71 \u212b"}
{"id":2,"text":"e\u00ad\u0301tude"}
END
