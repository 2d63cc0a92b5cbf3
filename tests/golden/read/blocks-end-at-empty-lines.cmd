printf 'eins\neins\n\n\nzwei\r\n\r\ndrei' >$T/a.txt; cd $T && mlin read --unit block a.txt
