mlin encode --tokenizer tests/data/tok300.json --dropout 1.5 --format ids </dev/null
