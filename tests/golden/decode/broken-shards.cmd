# What is truncated or disagrees with itself is named, and nothing crashes.
printf '{"text":"%s"}\n' "the mill" "turns" >"$T/in"
for format in olmo mds litdata llmc nanogpt; do
    mlin encode --tokenizer tests/data/tok300.json --format $format \
        --out "$T/$format" "$T/in"
    for file in "$T/$format"/*; do
        case $file in *manifest.json) continue ;; esac
        [ "$format ${file##*.}" != "mds json" ] || continue
        cp "$file" "$T/kept"
        size=$(wc -c <"$file")
        last=$((size - 1))
        # How long what is packed is, depends on the library.
        case $file in *.gz) last=10 ;; esac
        for left in 0 3 9 $last; do
            head -c $left "$T/kept" >"$file"
            mlin decode --tokenizer tests/data/tok300.json "$T/$format" \
                >"$T/out" 2>"$T/err"
            status=$?
            echo "$status $left of ${file##*/}: $(head -n 1 "$T/err")"
        done
        mv "$T/kept" "$file"
    done
done
printf '{"config":{"data_format":["jpeg"]}}' >"$T/litdata/index.json"
mlin decode --tokenizer tests/data/tok300.json "$T/litdata"
mlin decode --tokenizer tests/data/tok300.json --format parquet "$T/litdata"
