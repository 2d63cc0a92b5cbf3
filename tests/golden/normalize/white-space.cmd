mlin normalize <<'END'
{"id":"ends","text":"one\r\ntwo\rthree\u000bfour\u000cfive\u0085six\u2028seven\u2029eight"}
{"id":"blanks","text":"\u00a0 Prix :\u202f12\u00a0€  \n\u3000 x"}
{"id":"tabs","text":"\tname \t age\nA\tB"}
{"id":"empty lines","text":"\n \n a \n\n \n\n b\n\n"}
END
