# A table of rules is no table of lists: stop_share would be 0 everywhere.
printf 'min_words\t*\t3\n' >"$T/own.tsv"
echo '{"text":"x"}' | mlin quality --rules european --stop-words "$T/own.tsv"
