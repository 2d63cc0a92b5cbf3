echo '{"id":1,"source":"s","text":"a"}' >$T/a.jsonl; printf 'dedup --out %s/b.jsonl\nread %s/a.jsonl\n' $T $T >$T/p.mill; echo '{"text":"b"}' | mlin run $T/p.mill; cat $T/b.jsonl
