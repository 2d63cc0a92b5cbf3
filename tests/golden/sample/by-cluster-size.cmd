# Copies stand behind one another; the books know of them.
printf '{"id":"%s","cluster_size":%s,"lang":"ces_Latn"}\n' a 1 b 2 c 4 d 99 e 100 f 1000 >"$T/in"
printf '{"id":"g","lang":"mlt_Latn"}\n' >>"$T/in"
mlin sample --by cluster_size --table fineweb2 --ledger "$T/l.db" "$T/in" | sort | uniq -c | sed 's/^ *//'
sqlite3 "$T/l.db" 'SELECT lang, documents_in, documents_out FROM flow ORDER BY lang; SELECT lang, documents FROM copied'
mlin audit "$T/l.db" | head -n 4
