printf '{"q":"a"}\n{"q":\n' >"$T/b.jsonl"
mlin decontaminate --against "$T/b.jsonl" /dev/null
