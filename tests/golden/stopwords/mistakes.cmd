mkdir $T/d; mlin stopwords; mlin stopwords $T/d; mlin stopwords --share x $T/d; mlin stopwords --least 30 $T/d; printf '\377\n' >$T/d/deu_Latn.txt; mlin stopwords $T/d 2>&1 | sed "s|$T|T|"
