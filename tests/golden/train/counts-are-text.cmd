# From counts, from documents and from both: one vocabulary.
awk 'BEGIN { for (i = 0; i < 900; i++) printf "{\"text\":\"%d kočky a %d psů, %d myší\\n\"}\n", i % 11, i % 5, i }' >"$T/in"
head -n 400 "$T/in" >"$T/a"
tail -n +401 "$T/in" >"$T/b"
mlin count --pretokenizer o200k -o "$T/a.cnt" "$T/a"
mlin count --pretokenizer o200k -o "$T/b.cnt.zst" "$T/b"
mlin train --vocab-size 300 --pretokenizer o200k -o "$T/text.json" "$T/in"
mlin train --vocab-size 300 -o "$T/counts.json" "$T/a.cnt" "$T/b.cnt.zst"
mlin train --vocab-size 300 -o "$T/both.json" "$T/a.cnt" "$T/b"
test -s "$T/text.json" && cmp "$T/text.json" "$T/counts.json" &&
    cmp "$T/text.json" "$T/both.json" && echo same
