mlin export --tokenizer tests/data/tok300.json --to wordpiece -o "$T/x"
