# Counts of two halves, merged in either order, are the counts of all of it; so
# are those of other threads and batches.
awk 'BEGIN { for (i = 0; i < 4000; i++) printf "{\"lang\":\"%s\",\"text\":\"%d výrů, %d sov a jejich %d\\n hnízd\"}\n", i % 3 ? "ces_Latn" : "slk_Latn", i % 7, i * i % 1009, i }' >"$T/all"
head -n 1500 "$T/all" >"$T/a"
tail -n +1501 "$T/all" >"$T/b"
for part in all a b; do mlin count -o "$T/$part.cnt" "$T/$part"; done
mlin count --threads 3 --batch 1K -o "$T/small.cnt" <"$T/all"
mlin count --merge -o "$T/ab.cnt" "$T/a.cnt" "$T/b.cnt"
mlin count --merge -o "$T/ba.cnt.gz" "$T/b.cnt" "$T/a.cnt"
gunzip "$T/ba.cnt.gz"
test -s "$T/all.cnt" && for part in small ab ba; do
    cmp "$T/$part.cnt" "$T/all.cnt" && echo "$part is the same"
done
