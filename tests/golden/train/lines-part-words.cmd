# A line end parts what a pattern would join: "\n\n" is never one word here.
printf 'a\n\nb\n\nc\n\nd' >"$T/in.txt"
mlin train --lines -o "$T/t.json" --pretokenizer llama3 --vocab-size 90 --initial-alphabet seen "$T/in.txt"
sed -n '/"vocab": {/,$p' "$T/t.json"
