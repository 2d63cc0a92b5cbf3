mlin quality --rules $T/none.tsv </dev/null
