cat >"$T/a.json" <<'END'
{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},
 "model":{"type":"BPE","vocab":{"a":0,"aa":1},"merges":[["a","a"]]}}
END
printf '%s\n' '{"id":1,"text":"aaa"}' '{"id":2,"text":"ab"}' '{"id":3,"text":"a"}' |
    mlin encode --tokenizer "$T/a.json" --format ids --rejects "$T/rejects"
cat "$T/rejects"
