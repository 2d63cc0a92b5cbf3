sed '/"added_tokens"/q' tests/data/tok300.json >"$T/large.json"
awk 'BEGIN {
    for (i = 300; i < 65537; i++)
        printf "{\"id\":%d,\"content\":\"<%d>\",\"single_word\":false," \
            "\"lstrip\":false,\"rstrip\":false,\"normalized\":false," \
            "\"special\":true},\n", i, i
}' >>"$T/large.json"
sed '1,/"added_tokens"/d' tests/data/tok300.json >>"$T/large.json"
echo '{"text":"a<65536>"}' >"$T/in"
mlin encode --tokenizer "$T/large.json" --format nanogpt --out "$T/n" "$T/in"
echo "status $?"
mlin encode --tokenizer "$T/large.json" --format llmc --token-bytes 2 \
    --out "$T/n" "$T/in"
echo "status $?"
mlin encode --tokenizer "$T/large.json" --format llmc --allow-special \
    --out "$T/llmc" "$T/in"
mlin decode --special --tokenizer "$T/large.json" "$T/llmc"
od -An -tu4 "$T/llmc/llmc_000000.bin"
