# Shards of an earlier run go when the first shard of this one comes, not before.
encode() {
    mlin encode --tokenizer tests/data/tok300.json --out "$T/out" "$@"
}
printf '{"text":"%s"}\n' one two three four >"$T/in"
encode --format litdata --shard-tokens 5 "$T/in"
ls "$T/out"
echo '{"text":' | encode --format olmo
ls "$T/out"
head -n 1 "$T/in" | encode --format olmo
ls "$T/out"
mlin decode --tokenizer tests/data/tok300.json "$T/out"
