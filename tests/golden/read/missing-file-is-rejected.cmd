echo '{"text":"a","id":1,"source":"s"}' >$T/a.jsonl; mlin read --rejects $T/r $T/none.jsonl $T/a.jsonl && cat $T/r
