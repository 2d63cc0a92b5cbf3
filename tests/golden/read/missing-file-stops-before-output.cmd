echo '{"text":"a","id":1,"source":"s"}' >$T/a.jsonl; mlin read --rejects $T/r -o $T/o $T/a.jsonl $T/none.jsonl; s=$?; ls $T; exit $s
