printf '{"id":1,"source":"s","text":"a"}\n' >$T/a.jsonl; echo "read $T/a.jsonl" | mlin run -
