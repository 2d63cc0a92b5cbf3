mlin normalize <tests/golden/normalize/odd.jsonl >"$T/once"
mlin normalize <"$T/once" | cmp - "$T/once" && grep -c text "$T/once"
