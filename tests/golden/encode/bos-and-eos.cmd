printf '{"text":"a"}\n{"text":""}\n' >"$T/in"
sed 's/"added_tokens": \[/&{"id": 300, "content": "<s>", "single_word": false,\
    "lstrip": false, "rstrip": false, "normalized": false, "special": true},/' \
    tests/data/tok300.json >"$T/tok.json"
for how in "--bos <s>" "--bos <s> --eos none" "--bos <s> --eos <s>"; do
    mlin encode --tokenizer "$T/tok.json" --format ids $how "$T/in"
    mlin encode --tokenizer "$T/tok.json" --format olmo $how --out "$T/o" "$T/in"
    od -An -tu2 "$T/o/part-0-00000.npy"
    gzip -dc "$T/o/part-0-00000.csv.gz" | tr -d '\r'
    mlin decode --tokenizer "$T/tok.json" "$T/o"
done
mlin encode --tokenizer "$T/tok.json" --format ids --bos '</s>' "$T/in"
