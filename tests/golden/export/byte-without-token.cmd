cat >"$T/a.json" <<'END'
{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},
 "model":{"type":"BPE","vocab":{"a":0,"aa":1},"merges":[["a","a"]]}}
END
mlin export --tokenizer "$T/a.json" --to tiktoken -o "$T/x.tiktoken"
