# A document that would take a shard past the limit begins the next one; a longer
# one has a shard to itself.  No token is lost.
printf '{"text":"%s"}\n' "the mill" a "the mill turns and turns and turns" b c \
    >"$T/in"
for format in megatron datatrove olmo mds litdata llmc nanogpt; do
    mlin encode --tokenizer tests/data/tok300.json --format $format,ids \
        --out "$T/$format" --shard-tokens 7 "$T/in"
    echo "$format:" $(cd "$T/$format" && ls)
    sed -n 's/.*"documents":\([0-9]*\),"tokens":\([0-9]*\),"digest.*/\1 \2/p' \
        "$T/$format/manifest.json" >"$T/counts"
    [ $format != megatron ] || cp "$T/counts" "$T/all"
    cmp "$T/counts" "$T/all"
    mlin decode --tokenizer tests/data/tok300.json --format $format \
        "$T/$format" | cmp - "$T/in"
done
cat "$T/all"
