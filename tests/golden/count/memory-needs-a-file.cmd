echo '{"text":"un"}' | mlin count --threads 1 --memory 1M -o -
