mlin decode --tokenizer tests/data/tok300.json "$T"
