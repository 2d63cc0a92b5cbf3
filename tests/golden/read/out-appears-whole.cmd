echo '{"text":"a","id":1,"source":"s"}' | mlin read -o $T/a.jsonl.gz && ls $T && gzip -dc $T/a.jsonl.gz; echo '{"text":1}' | mlin read -o $T/b.jsonl; echo $?; ls $T
