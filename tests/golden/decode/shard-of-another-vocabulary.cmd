echo '{"text":"the mill"}' |
    mlin encode --tokenizer tests/data/tok300.json --out "$T/shards"
cat >"$T/a.json" <<'END'
{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},
 "model":{"type":"BPE","vocab":{"a":0,"aa":1},"merges":[["a","a"]]}}
END
mlin decode --tokenizer "$T/a.json" "$T/shards"
