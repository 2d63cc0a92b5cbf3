echo '{"text":"a"}' >"$T/in"
encode() {
    mlin encode --tokenizer "${TOK-tests/data/tok300.json}" --out "$T/out" "$@" \
        "$T/in"
    echo "status $?"
}
encode --format olmo
cp "$T/out/manifest.json" "$T/before"
encode --append --format olmo --eos none
encode --append --format olmo --allow-special
encode --append --format olmo --token-bytes 4
encode --append --format datatrove
encode --append --format olmo,ids
sed 's/"padding": null/"padding":  null/' tests/data/tok300.json >"$T/tok.json"
TOK="$T/tok.json" encode --append --format olmo
ls "$T/out"
cmp "$T/out/manifest.json" "$T/before"
# What is no manifest is not added to.
for damage in 'manifest' '{"manifest":2,"shards":[' ''; do
    echo "$damage" >"$T/out/manifest.json"
    encode --append --format olmo
done
head -c 400 "$T/before" >"$T/out/manifest.json"
encode --append --format olmo
ls "$T/out"
