cat >"$T/in" <<'END'
{"id":1,"text":"Pište na jana@mlyn.cz, tel. 777 123 456 (účet CZ65 0800 0000 1920 0014 5399).","lang":"ces_Latn"}
{"id":2,"text":"Nothing here: 12.03.2024, version 1.2.3.4, ISBN 0-306-40615-2."}
{"id":3,"text":"card 4111 1111 1111 1111, server 203.0.113.77, key AKIAIOSFODNN7EXAMPLE"}
END
mlin redact --ledger "$T/l.db" "$T/in"
sqlite3 "$T/l.db" 'SELECT lang, name, value FROM note ORDER BY lang, name'
