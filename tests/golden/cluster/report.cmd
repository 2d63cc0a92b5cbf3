awk 'BEGIN { for (i = 0; i < 400; i++) { line = ""
    for (j = 0; j < 40; j++) line = line sprintf(" %c%c%c", 97 + (i / 20 + j * j) % 26, 97 + (j == i % 20 ? 1 : 2), 97 + j % 26)
    printf "{\"id\":%d,\"text\":\"%s\"}\n", i, line } }' |
    mlin minhash --out "$T/d"
mlin cluster "$T/d"
echo
mlin cluster --cluster-cap 10 "$T/d"
echo
mlin cluster --jaccard 0.9 "$T/d" | grep edges
