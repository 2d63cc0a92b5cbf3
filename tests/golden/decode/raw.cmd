printf '[65,66]\n\n[]\n[67]' | mlin decode --raw --tokenizer tests/data/tok300.json
