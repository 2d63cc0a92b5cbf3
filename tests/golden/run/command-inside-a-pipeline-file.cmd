printf 'version\nread\n' >$T/p.mill; echo '{"id":1,"source":"s","text":"a"}' | mlin run $T/p.mill | sed -n '1s/ .*//p;$p'
