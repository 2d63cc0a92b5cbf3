mlin read $T/none.jsonl
