seq 1 100000 | sed 's/.*/{"text":"&"}/' | mlin read >/dev/full
