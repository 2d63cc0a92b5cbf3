mkdir $T/a.jsonl; mlin read $T/a.jsonl
