# The limits of mds and litdata are bytes of the file: 64 MiB, and 64 MB.
cat >"$T/a.json" <<'END'
{"added_tokens":[{"id":1,"content":"<|endoftext|>","single_word":false,
 "lstrip":false,"rstrip":false,"normalized":false,"special":true}],
 "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},
 "model":{"type":"BPE","vocab":{"a":0},"merges":[]}}
END
head -c 15000000 /dev/zero | tr '\0' a >"$T/text"
for i in 1 2 3; do
    printf '{"text":"%s"}\n' "$(cat "$T/text")"
done >"$T/in"
for format in mds litdata; do
    mlin encode --tokenizer "$T/a.json" --format $format --out "$T/$format" "$T/in"
    (cd "$T/$format" && wc -c *[0-9].mds *[0-9].bin 2>/dev/null | grep 0)
done
