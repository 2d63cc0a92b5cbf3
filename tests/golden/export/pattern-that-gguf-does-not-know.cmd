mlin export --tokenizer tests/data/tok300.json --pretokenizer eu --to gguf -o "$T/x.gguf"
