awk 'BEGIN { s = 7; for (i = 0; i < 3000; i++) { line = ""
    if (i % 3) s = i * 40503 % 997
    for (j = 0; j < 30; j++) line = line " w" sprintf("%c%c", 97 + (s + j * j) % 26, 97 + (s * j + i % 2 * (j == 9)) % 25)
    printf "{\"id\":%d,\"text\":\"%s\"}\n", i, line } }' >"$T/in"
mlin dedup --near --threads 1 --rejects "$T/r1" <"$T/in" >"$T/one"
for batch in 1K 7K 512K; do
    mlin dedup --near --threads 3 --batch $batch --rejects "$T/r2" <"$T/in" | cmp - "$T/one"
    cmp "$T/r1" "$T/r2"
done
cat "$T/one" | wc -l
grep -c 'near duplicate' "$T/r1"
grep -c '"reason":"duplicate"' "$T/r1"
