# The pattern is for NFC: a letter and its mark are one character, and the
# vocabulary says that texts are to be brought to NFC.
printf "l'e\314\201te\314\201 l'\303\251t\303\251\n" >"$T/in.txt"
mlin train --lines -o "$T/t.json" --pretokenizer eu --vocab-size 9 --initial-alphabet seen "$T/in.txt"
grep -A 1 '"normalizer"' "$T/t.json"
sed -n '/"vocab": {/,/}/p' "$T/t.json"
