# aa has more words than bb, whose are all the same; weighed, bb's pair is first.
printf '{"text":"%s","lang":"aa"}\n' ab ab ab ab ba ba ba ba >"$T/in"
printf '{"text":"%s","lang":"bb"}\n' cd cd cd >>"$T/in"
printf 'aa\t1\nbb\t2.5\n' >"$T/quota.tsv"
for weights in '--alpha 1' '--alpha 0' "--quota $T/quota.tsv" "--quota $T/quota.tsv --cap 1"; do
    mlin train --quiet -o "$T/t.json" --vocab-size 5 --initial-alphabet seen $weights "$T/in"
    sed -n '/"vocab": {/,/}/p' "$T/t.json" | tail -n 2 | head -n 1
done
