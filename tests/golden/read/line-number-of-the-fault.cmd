{ seq 1 3000 | sed 's/.*/{"text":"&"}/'; echo; echo '{"text":1}'; } >$T/a.jsonl; for b in 1 100 2M; do mlin read --batch $b $T/a.jsonl >$T/out; wc -l <$T/out; done
