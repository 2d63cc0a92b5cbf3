printf 'mlin\n' >"$T/in"
mlin train --quiet --model chars --vocab-size 262 --lines -o "$T/t.json" "$T/in"
mlin export --tokenizer "$T/t.json" --to tiktoken -o "$T/x"
