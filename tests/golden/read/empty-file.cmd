mlin read </dev/null; : >$T/a.jsonl; : >$T/a.txt; mlin read $T/a.jsonl $T/a.txt && echo good
