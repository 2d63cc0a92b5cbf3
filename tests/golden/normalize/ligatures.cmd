mlin normalize <<'END'
{"id":1,"text":"ﬁnally eﬀort, ﬂow; aﬃne, baﬄe; ﬆ, Haﬅ"}
{"id":2,"text":"Ǆ ǅ ǆep; Ǉ ǈ ǉeto; Ǌ ǋ ǌiva; Ǳ ǲ ǳ"}
{"id":3,"text":"ǌ\u030c ﬁ\u0301"}
END
mlin normalize --form none <<'END'
{"id":4,"text":"ﬁ ǆ e\u0301"}
END
