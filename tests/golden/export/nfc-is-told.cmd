mlin export --tokenizer tests/data/tok300.json --pretokenizer eu --to tiktoken -o "$T/x.tiktoken" 2>"$T/told"
grep NFC "$T/told"
