echo 'my precious notes, long enough not to be taken for an empty file' >$T/l.db; echo '{"text":"a"}' | mlin read --ledger $T/l.db -o $T/o; s=$?; cat $T/l.db; exit $s
