printf '{"text":"a","id":1,"source":"s"}\nx\n' >$T/a.jsonl; printf 'y\n' >$T/b.jsonl; mlin read --rejects $T/r $T/a.jsonl $T/b.jsonl; cat $T/r
