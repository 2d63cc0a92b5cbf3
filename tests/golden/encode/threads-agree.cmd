printf '{"text":"one text"}\n{"text":"another, longer text"}\n%.0s' $(seq 500) \
    >"$T/in"
for threads in 1 5; do
    mlin encode --tokenizer tests/data/tok300.json --out "$T/$threads" \
        --format megatron,datatrove,olmo,mds,llmc,nanogpt,ids \
        --shard-tokens 9000 --threads $threads --batch 1K "$T/in"
    mlin encode --tokenizer tests/data/tok300.json --out "$T/$threads/lit" \
        --format litdata --shard-tokens 9000 --threads $threads --batch 1K "$T/in"
    mlin encode --tokenizer tests/data/tok300.json --count \
        --threads $threads --batch 1K "$T/in" >"$T/$threads/count"
done
diff -r "$T/1" "$T/5" && ls "$T/1" && wc -l <"$T/1/ids.jsonl"
cat "$T/1/count"
