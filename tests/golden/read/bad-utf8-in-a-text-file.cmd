printf 'b\377se' >$T/a.txt; mlin read $T/a.txt
