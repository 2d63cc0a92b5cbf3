command -v sqlite3 >/dev/null || { echo 'no sqlite3'; exit 77; }; sqlite3 $T/l.db 'CREATE TABLE birds(name)'; mlin audit $T/l.db
