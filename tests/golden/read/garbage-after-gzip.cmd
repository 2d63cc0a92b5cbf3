{ echo '{"text":"a","id":1,"source":"s"}' | gzip -nc; echo junk; } >$T/a.jsonl.gz; mlin read $T/a.jsonl.gz
