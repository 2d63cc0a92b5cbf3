echo '{"text":"a","id":1,"source":"s"}' >$T/--x.jsonl; cd $T && mlin read -- --x.jsonl
