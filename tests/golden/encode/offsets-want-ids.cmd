mlin encode --tokenizer tests/data/tok300.json --offsets --out "$T/x" </dev/null
