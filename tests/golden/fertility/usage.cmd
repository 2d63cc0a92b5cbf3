echo jedna >"$T/ces_Latn.txt"
mlin fertility --tokenizer tests/data/tok300.json
echo "status $?"
mlin fertility --tokenizer tests/data/tok300.json "$T" "$T"
echo "status $?"
mlin fertility --tokenizer tests/data/tok300.json --format html "$T"
