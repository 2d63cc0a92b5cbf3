mlin fertility --tokenizer tests/data/tok300.json "$T"
