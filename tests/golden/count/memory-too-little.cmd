echo '{"text":"un"}' | mlin count --threads 2 --memory 1M -o "$T/a.cnt"
