# Each size is what a run at that size gives; k is 1024.
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "{\"text\":\"%d slov %x a %o kočky\"}\n", i * i, i * 7, i }' |
    mlin count --quiet -o "$T/a.cnt"
mlin train -o "$T/t-{size}.json" --sizes 270,500,1k "$T/a.cnt"
for size in 270 500 1024; do mlin train -o "$T/$size.json" --vocab-size $size "$T/a.cnt"; done
cmp "$T/t-270.json" "$T/270.json" && cmp "$T/t-500.json" "$T/500.json" && cmp "$T/t-1k.json" "$T/1024.json" && ls "$T"
