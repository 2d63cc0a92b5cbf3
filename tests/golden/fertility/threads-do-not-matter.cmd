# Real text, cut by label; and as many tokens as encode counts.
for label in ces deu ell eng fin hun; do
    grep "^$label" tests/data/sentences.tsv | cut -f 2 >"$T/${label}_Latn.txt"
    test -s "$T/${label}_Latn.txt" || exit 1
done
mlin fertility --tokenizer tests/data/tok300.json --format tsv --threads 1 --svg "$T/1.svg" -o "$T/1.tsv" "$T"
mlin fertility --tokenizer tests/data/tok300.json --format tsv --threads 4 --svg "$T/4.svg" -o "$T/4.tsv" "$T"
cmp "$T/1.tsv" "$T/4.tsv" && cmp "$T/1.svg" "$T/4.svg" && echo same
for label in ces deu ell eng fin hun; do
    sed 's/["\\]/\\&/g; s/.*/{"text":"&"}/' "$T/${label}_Latn.txt" |
        mlin encode --tokenizer tests/data/tok300.json --format ids --eos none |
        tr -dc ',\n' | awk '{ n += length($0) + 1 } END { print n }'
done >"$T/encode"
awk '$1 == "language" { print $7 }' "$T/1.tsv" | cmp - "$T/encode" && echo 'as encode counts'
