for i in 1 2 3; do echo "answer this question please about thing number $i"; done >"$T/b.txt"
printf '{"text":"answer this question please"}\n{"text":"about thing number 2"}\n' >"$T/docs"
mlin decontaminate --ngram 4 --max-items 2 --against "$T/b.txt" --report "$T/r.tsv" "$T/docs"
cat "$T/r.tsv"
