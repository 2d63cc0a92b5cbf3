[ "$(id -u)" != 0 ] || { echo 'root may read everything'; exit 77; }; echo '{"text":"a"}' >$T/a.jsonl; chmod 0 $T/a.jsonl; mlin read $T/a.jsonl
