echo '[65,0,66,0]' | mlin decode --tokenizer tests/data/tok300.json
echo '[65,0,66,0]' | mlin decode --special --tokenizer tests/data/tok300.json
