cat >"$T/a.json" <<'JSON'
{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},
 "model":{"type":"BPE","vocab":{"a":0,"aa":1},"merges":[["a","a"]]}}
JSON
printf 'aa\nab\n' >"$T/eng_Latn.txt"
mlin fertility --tokenizer "$T/a.json" "$T"
