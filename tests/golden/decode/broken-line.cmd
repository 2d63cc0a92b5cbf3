printf '[65,\n' | mlin decode --tokenizer tests/data/tok300.json
