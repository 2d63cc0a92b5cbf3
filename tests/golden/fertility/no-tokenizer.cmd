echo jedna >"$T/ces_Latn.txt"
mlin fertility "$T"
echo "status $?"
mlin fertility --tokenizer "$T/none.json" "$T"
