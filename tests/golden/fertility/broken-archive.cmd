head -c 5000 /dev/zero | gzip | head -c 20 >"$T/eng_Latn.txt.gz"
mlin fertility --tokenizer tests/data/tok300.json "$T"
