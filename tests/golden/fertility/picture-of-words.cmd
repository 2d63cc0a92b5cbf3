printf 'the mill\n' >"$T/eng_Latn.txt"
mlin fertility --tokenizer tests/data/tok300.json --svg "$T/p.svg" -o "$T/table" "$T"
cat "$T/p.svg"
