echo jedna >"$T/ces_Latn.txt"
mlin fertility --tokenizer tests/data/tok300.json --pivot eng_Latn "$T"
