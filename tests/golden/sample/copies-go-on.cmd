# Copies are documents of their own to the stages that follow.
printf '{"id":"%s","text":"The mill %s grinds.","n":%s}\n' a a 3 b b 1 >"$T/in"
printf '1\t1\n3\t3\n' >"$T/t.tsv"
mlin run --ledger "$T/l.db" "sample --by n --table $T/t.tsv | normalize | dedup --rejects $T/gone" "$T/in"
cut -c 1-60 "$T/gone"
mlin audit "$T/l.db" >/dev/null && echo balanced
