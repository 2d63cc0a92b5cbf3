printf '%s\n' '{"id":1,"source":"s","text":"abc"}' >$T/a.jsonl; for i in 1 2 3; do mlin read --ledger $T/l.db -o $T/b.jsonl $T/a.jsonl; done; mlin audit --format tsv $T/l.db
