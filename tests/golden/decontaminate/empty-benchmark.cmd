: >"$T/b.txt"
mlin decontaminate --against "$T/b.txt" /dev/null
