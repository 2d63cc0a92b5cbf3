printf 'read\ndedup --neer\n' >$T/p.mill; mlin run $T/p.mill
