# ab occurs five times; then (ab, c) four times, and cd twice.
printf '%s\n' '{"text":"abc abc"}' '{"text":"abc"}' '{"text":"abc ab cd cd"}' |
    mlin train -o "$T/t.json" --vocab-size 10 --initial-alphabet seen --special '<s>'
sed -n '/"vocab": {/,$p' "$T/t.json"
