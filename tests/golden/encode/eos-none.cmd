mlin encode --tokenizer tests/data/tok300.json --format ids --eos none <<'END'
{"text":"the mill"}
{"text":""}
END
