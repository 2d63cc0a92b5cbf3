printf '{"text":"one text"}\n{"text":"another, longer text"}\n%.0s' $(seq 500) \
    >"$T/in"
for threads in 1 5; do
    mlin encode --tokenizer tests/data/tok300.json --out "$T/$threads" \
        --format megatron,ids --threads $threads --batch 1K "$T/in"
done
diff -r "$T/1" "$T/5" && ls "$T/1" && wc -l <"$T/1/ids.jsonl"
