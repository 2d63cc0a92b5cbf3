printf 'read\n\nlangdi --min-score 0.5\n' >$T/p.mill; mlin run $T/p.mill
