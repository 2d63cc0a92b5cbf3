mlin export --tokenizer tests/data/tok300.json --to sentencepiece -o "$T/x"
