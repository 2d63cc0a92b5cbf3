echo '{"text":"a"}' | mlin read -o $T/none/a.jsonl
