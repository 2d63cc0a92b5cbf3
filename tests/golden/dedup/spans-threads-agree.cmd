awk 'BEGIN { s = 7; for (i = 0; i < 3000; i++) { line = ""
    for (j = 0; j < 8; j++) { s = (s * 40503 + i) % 9973; k = s % 40
        for (w = 0; w < 12; w++) line = line " w" sprintf("%c%c%c", 97 + k % 26, 97 + (k * w + w * w) % 25, 97 + (s % 50 ? w : i * w % 26)) }
    printf "{\"id\":%d,\"text\":\"%s\"}\n", i, line } }' >"$T/in"
mlin dedup --spans --span-words 24 --threads 1 --rejects "$T/r1" <"$T/in" >"$T/one"
for batch in 1K 7K 512K; do
    mlin dedup --spans --span-words 24 --threads 3 --batch $batch --rejects "$T/r2" <"$T/in" | cmp - "$T/one"
    cmp "$T/r1" "$T/r2"
done
wc -w <"$T/in"
wc -w <"$T/one"
wc -l <"$T/r1"
