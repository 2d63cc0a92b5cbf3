echo '{"text":"a","id":1,"source":"s"}' | mlin read --format=jsonl --batch=1K
