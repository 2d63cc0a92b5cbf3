echo '{"text":"a"}' | mlin read --ledger $T/l.db -o $T/o; head -c 5000 $T/l.db >$T/m.db; mlin audit $T/m.db
