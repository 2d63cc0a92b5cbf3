command -v sqlite3 >/dev/null || { echo 'no sqlite3'; exit 77; }; echo '{"text":"a","lang":"<b>\""}' | mlin read --ledger $T/l.db -o $T/o; mlin audit --format json $T/l.db
