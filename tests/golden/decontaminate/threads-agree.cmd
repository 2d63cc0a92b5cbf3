# The same bytes with any number of threads and any batch.
for i in 1 2 3 4 5 6 7 8; do echo "item $i says that the mill grinds corn and rye"; done >"$T/b.txt"
seq 1 3000 | sed 's/.*/{"id":&,"text":"before all item & says that the mill grinds corn and rye, slowly"}/' >"$T/docs"
for how in '--threads 1' '--threads 3 --batch 4096' '--threads 4 --batch 65536'; do
    mlin decontaminate $how --quiet --remove spans --ngram 5 --max-share 0.9 --max-items 4 --against "$T/b.txt" --report "$T/r" "$T/docs" >"$T/out"
    cat "$T/out" "$T/r" | cksum
done
grep -c contaminated_by "$T/out"
