echo '{"text":"a"}' | mlin read --ledger $T/none/l.db
