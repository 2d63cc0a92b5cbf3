for i in $(seq 3000); do
    echo '{"text":"words that are counted","lang":"eng"}'
done >"$T/good"
{ cat "$T/good"; echo '{"text":"this has no end"'; } >"$T/bad"
for threads in 1 2 8; do
    mlin count --threads $threads --batch 4K -o "$T/none.cnt" "$T/good" "$T/bad"
done
