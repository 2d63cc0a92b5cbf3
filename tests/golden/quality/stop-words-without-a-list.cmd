# Was: without --signals every document was dropped, for no list was read.
printf 'min_stop_words\t*\t2\n' >$T/r.tsv; printf '{"lang":"%s","text":"%s"}\n' deu_Latn 'Das Rad und der Bach.' deu_Latn 'Rad, Bach.' >$T/in
mlin quality --rules $T/r.tsv --annotate $T/in; mlin quality --rules $T/r.tsv --signals --annotate $T/in | grep -o '"drop_quality.*'
