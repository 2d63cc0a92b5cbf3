echo a >"$T/b.txt"
echo '{"text":"a","contaminated_by":[]}' | mlin decontaminate --ngram 1 --against "$T/b.txt"
