# The same documents in every format; layouts are in docs/formats.md.
for format in megatron datatrove olmo mds litdata llmc nanogpt; do
    printf '%s\n' '{"text":"the mill","id":"a","source":"x.warc.gz:12"}' \
        '{"text":""}' '{"text":"a","id":7,"source":"list, of"}' |
        mlin encode --tokenizer tests/data/tok300.json --format $format \
            --out "$T/$format"
done
cd "$T"
for file in $(find . -type f | sort); do
    echo "$file"
    case $file in
        */index.json | *.metadata) cat "$file"; echo ;;
        *.json) sed 's/{"name":"[^"]*.gz",[^}]*},//' "$file" ;;
        *.gz) gzip -dc "$file" | tr -d '\r' ;;
        # A line with a star stands for lines like the one before.
        *) od -An -tx1 "$file" ;;
    esac
done
