mlin export --tokenizer tests/data/tok300.json --to gguf -o /dev/full
