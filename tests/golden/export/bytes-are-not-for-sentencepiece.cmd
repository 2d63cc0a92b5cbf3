mlin export --tokenizer tests/data/tok300.json --to spm -o "$T/t.model"
