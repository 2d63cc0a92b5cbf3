printf '{"text":"b","id":2,"source":"s"}\n' >$T/b.jsonl; printf '{"text":"a","id":1,"source":"s"}' >$T/a.jsonl; mlin read $T/b.jsonl $T/a.jsonl $T/b.jsonl
