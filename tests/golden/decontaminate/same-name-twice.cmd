echo a >"$T/b.txt"
mlin decontaminate --against "$T/b.txt" --against "$T/b.txt" /dev/null
