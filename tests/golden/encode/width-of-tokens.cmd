echo '{"text":"the mill"}' >"$T/in"
for format in megatron datatrove olmo mds litdata llmc; do
    mlin encode --tokenizer tests/data/tok300.json --format $format \
        --token-bytes 4 --out "$T/$format" "$T/in"
    mlin decode --tokenizer tests/data/tok300.json "$T/$format"
    sed -n 's/.*"formats":\(.*\),"shard_tokens.*/\1/p' "$T/$format/manifest.json"
done
encode() {
    mlin encode --tokenizer tests/data/tok300.json --out "$T/none" "$@" "$T/in"
    echo "status $?"
}
encode --format nanogpt --token-bytes 4
encode --format olmo --token-bytes 3
ls "$T"
