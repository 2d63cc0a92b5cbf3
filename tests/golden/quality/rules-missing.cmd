echo '{"text":"x"}' | mlin quality --rules ./not-there.tsv
