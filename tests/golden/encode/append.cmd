# The next run adds shards behind those of the one before.
encode() {
    mlin encode --tokenizer tests/data/tok300.json --format mds,olmo --append \
        --out "$T/out" --shard-tokens 6 "$@"
}
printf '{"text":"%s"}\n' one two three | encode
ls "$T/out"
printf '{"text":"%s"}\n' four five | encode
ls "$T/out"
for format in mds olmo; do
    mlin decode --tokenizer tests/data/tok300.json --format $format "$T/out"
done
grep -c '"name":"shard' "$T/out/manifest.json"
tail -n 1 "$T/out/manifest.json"
grep -o '"basename": "[^"]*"' "$T/out/index.json"
