printf 'min_words\t*\t3\n' >$T/r.tsv; printf '{"text":"%s"}\n' 'l’eau-de-vie « . »' 'a b c' | mlin quality --rules $T/r.tsv --words blanks --annotate
