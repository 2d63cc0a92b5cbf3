# With the borders of documents; without the csv.gz, where that has them, all is
# one document.
printf '{"text":"%s"}\n' "the mill" "" "turns: řeka" >"$T/in"
for format in megatron datatrove olmo mds litdata llmc nanogpt; do
    mlin encode --tokenizer tests/data/tok300.json --format $format \
        --out "$T/$format" "$T/in"
    mlin decode --tokenizer tests/data/tok300.json "$T/$format" | cmp - "$T/in"
    rm "$T/$format"/*.csv.gz
    echo "$format:"
    mlin decode --tokenizer tests/data/tok300.json "$T/$format"
done
cp "$T/llmc/llmc_000000.bin" "$T/fineweb_train_000001.bin"
mlin decode --tokenizer tests/data/tok300.json --format llmc \
    "$T/fineweb_train_000001.bin"
