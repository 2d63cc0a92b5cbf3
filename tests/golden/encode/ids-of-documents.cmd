mlin encode --tokenizer tests/data/tok300.json --format ids <<'END'
{"text":"the mill"}
{"text":""}
{"text":"řeka"}
END
