# Two are wrong: the first by name is told, whoever is read first.
printf 'one\n' >"$T/eng_Latn.txt"
printf 'dva\nt\377i\n' >"$T/ces_Latn.txt"
printf '\300\n' >"$T/fin_Latn.txt"
mlin fertility --tokenizer tests/data/tok300.json --out "$T/table" "$T"
echo "status $?"
ls "$T"
