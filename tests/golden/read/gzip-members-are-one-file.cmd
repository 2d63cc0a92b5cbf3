{ printf '%s\n' '{"id":1,"source":"s","text":"eins"}' | gzip -c; printf '%s\n' '{"id":2,"source":"s","text":"zwei"}' | gzip -c; } >$T/a.jsonl.gz; mlin read $T/a.jsonl.gz
