mlin read --fromat jsonl </dev/null
