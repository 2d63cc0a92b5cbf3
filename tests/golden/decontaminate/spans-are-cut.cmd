printf 'one two three four\nfive six seven eight nine\n' >"$T/list.txt"
cat >"$T/docs" <<'END'
{"id":1,"text":"We count: one, two, three; four. And then we go home again, all of us."}
{"id":2,"text":"One two three four five six seven eight nine ten eleven"}
{"id":3,"text":"a b c d e f g h i j one two three five six seven"}
END
mlin decontaminate --ngram 3 --remove spans --against nums="$T/list.txt" --report "$T/r.tsv" --rejects "$T/gone" "$T/docs"
cat "$T/gone" "$T/r.tsv"
