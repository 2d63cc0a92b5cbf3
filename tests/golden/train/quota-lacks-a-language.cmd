echo '{"text":"ab","lang":"aa"}' >"$T/in"
printf '# shares\nbb\t1\n' >"$T/quota.tsv"
mlin train --quiet -o "$T/t.json" --vocab-size 7 --quota "$T/quota.tsv" "$T/in"
