printf 'Erste Zeile\nzweite "Zeile"\n\n' >$T/a.txt; cd $T && mlin read a.txt
