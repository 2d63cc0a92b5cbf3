mlin run --threads 100000 read </dev/null
