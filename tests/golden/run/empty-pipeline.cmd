printf '# nothing\n' >$T/p.mill; mlin run $T/p.mill
