printf 'read\nread "a b\n' >$T/p.mill; mlin run $T/p.mill
