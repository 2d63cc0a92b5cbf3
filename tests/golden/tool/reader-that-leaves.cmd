seq 1 200000 | sed 's/.*/{"text":"&"}/' >$T/a.jsonl; mlin read $T/a.jsonl | head -n 1 | cut -c1-12
