printf '{"id":1,"source":"s","text":"a"}\n' >$T/a.jsonl; mlin run 'dedup | dedup' $T/a.jsonl $T/a.jsonl
