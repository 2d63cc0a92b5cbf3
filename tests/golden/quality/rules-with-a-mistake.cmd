printf '# mine\nmin_words\t*\t3\nmax_wrods\t*\t9\n' >"$T/own.tsv"
echo '{"text":"x"}' | mlin quality --rules "$T/own.tsv"
