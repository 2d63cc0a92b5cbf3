# From shards of either format and from ids, byte for byte.
cat >"$T/in" <<'END'
{"text":"Příliš žluťoučký kůň\n\tpěl \"ódy\" \\ \u0000"}
{"text":""}
{"text":"Ξεσκεπάζω την ψυχοφθόρα βδελυγμία 😀  <|endoftext|>"}
END
mlin encode --tokenizer tests/data/tok300.json --format megatron,datatrove,ids \
    --out "$T/shards" "$T/in"
cd "$T/shards"
tok=$OLDPWD/tests/data/tok300.json
mlin decode --tokenizer "$tok" .
for part in 00000_unshuffled.ds tokens.idx ids.jsonl; do
    mlin decode --tokenizer "$tok" $part | cmp - "$T/in"
done
mlin decode --format datatrove --tokenizer "$tok" . | wc -l
