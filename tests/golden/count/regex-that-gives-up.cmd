# A text that a careless expression cannot cut is refused whole, not counted in
# part; without --rejects it would end the run.
printf '%s\n' '{"text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}' '{"text":"aac"}' |
    mlin count -o "$T/a.cnt" --pretokenizer '(a+)+[cd]' --rejects "$T/rejects"
echo '{"text":"aac"}' | mlin count -o "$T/b.cnt" --pretokenizer '(a+)+[cd]'
cmp "$T/a.cnt" "$T/b.cnt" && grep -c 'gave up' "$T/rejects"
