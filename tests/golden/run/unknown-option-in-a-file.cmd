printf 'read\ndedup --flour\n' >$T/p.mill; mlin run $T/p.mill
