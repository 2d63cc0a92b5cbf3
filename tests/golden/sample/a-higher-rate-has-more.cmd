# What a rate draws every higher one does; shares are right; order is nothing.
seq 1 20000 | sed 's/.*/{"id":"&"}/' >"$T/in"
for rate in 0.1 0.3 0.30001 0.9; do
    mlin sample --quiet --rate $rate "$T/in" | sort >"$T/$rate"
    wc -l <"$T/$rate"
done
comm -23 "$T/0.1" "$T/0.3" | wc -l
comm -23 "$T/0.3" "$T/0.9" | wc -l
sort -R "$T/in" >"$T/other"
split -l 7000 "$T/other" "$T/part"
for part in "$T"/part*; do mlin sample --rate 0.3 --threads 1 "$part"; done | sort | cmp - "$T/0.3" && echo same
mlin sample --seed 2 --rate 0.3 "$T/in" | sort | comm -12 - "$T/0.3" | wc -l
