# Case, accents and punctuation do not count; digits do.
printf '{"q":"Který mlýn na Labi postavili v roce 1754 bratři z Čech, a proč tam?","a":["za","1"]}\n' >"$T/quiz.jsonl"
cat >"$T/docs" <<'END'
{"id":1,"text":"KTERY MLYN na Labi — postavili (v roce 1754) bratři z čech: a proč tam"}
{"id":2,"text":"Který mlýn na Labi postavili v roce 1755 bratři z Čech, a proč tam?"}
{"id":3,"text":"Který mlýn na Labi postavili v roce 1754 bratři z Čech"}
{"id":4,"text":"","lang":"ces_Latn"}
END
mlin decontaminate --against "$T/quiz.jsonl" --report "$T/r.tsv" --rejects "$T/gone" --ledger "$T/l.db" "$T/docs"
cat "$T/gone" "$T/r.tsv"
sqlite3 "$T/l.db" 'SELECT name, value FROM note'
