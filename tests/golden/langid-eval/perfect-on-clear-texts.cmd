mkdir $T/d; grep '^deu' tests/data/sentences.tsv | cut -f 2 >$T/d/deu_Latn.txt; grep '^ell' tests/data/sentences.tsv | cut -f 2 >$T/d/ell_Grek.txt; mlin langid-eval $T/d
