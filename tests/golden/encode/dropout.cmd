# By seed and id, not by place; the text comes back whatever is drawn.
text='the old mill by the brook grinds the corn of the whole village'
encode() { mlin encode --tokenizer tests/data/tok300.json --format ids "$@"; }
printf '{"id":"%s","text":"'"$text"'"}\n' a b >"$T/ab.jsonl"
printf '{"id":"%s","text":"'"$text"'"}\n' b a >"$T/ba.jsonl"
encode --dropout 0.3 "$T/ab.jsonl" | tee "$T/ab"
encode --dropout 0.3 --threads 2 "$T/ba.jsonl" | tac | cmp - "$T/ab" && echo same
encode --dropout 0.3 --seed 1 "$T/ab.jsonl" | cmp -s - "$T/ab" || echo another
mlin decode --tokenizer tests/data/tok300.json "$T/ab"
encode --dropout 0 "$T/ab.jsonl" >"$T/none"
encode "$T/ab.jsonl" | cmp - "$T/none" && echo none
mlin encode --tokenizer tests/data/tok300.json --dropout 1 --count "$T/ab.jsonl"
