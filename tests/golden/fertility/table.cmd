printf 'the mill\nthe river\n' >"$T/eng_Latn.txt"
printf 'mlýn a řeka\nřeka\n' | gzip >"$T/ces_Latn.txt.gz"
printf 'μύλος\nποταμός' | zstd -q >"$T/ell_Grek.txt.zst"
mlin fertility --tokenizer tests/data/tok300.json "$T"
