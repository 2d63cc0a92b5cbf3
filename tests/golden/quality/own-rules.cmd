printf 'min_words\t*\t3\nmin_words\tdeu_Latn\t2\n' >"$T/own.tsv"
mlin quality --rules "$T/own.tsv" <<'END'
{"text":"nur zwei","lang":"deu_Latn"}
{"text":"just two","lang":"eng_Latn"}
{"text":"just three words","lang":"eng_Latn"}
{"text":"one - - -"}
END
