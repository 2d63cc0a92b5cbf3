echo '{"text":"ab","lang":"aa"}' >"$T/in"
printf 'aa\tmuch\n' >"$T/quota.tsv"
mlin train --quiet -o "$T/t.json" --vocab-size 7 --quota "$T/quota.tsv" "$T/in"
