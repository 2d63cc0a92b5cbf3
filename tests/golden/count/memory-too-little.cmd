echo '{"text":"un"}' | mlin count --threads 2 --memory 1000K -o "$T/a.cnt"
