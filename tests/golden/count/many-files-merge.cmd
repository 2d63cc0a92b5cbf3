# More files than are open at once, one of them a section that others lack.
for i in $(seq 300); do echo "{\"lang\":\"l$((i % 3))\",\"text\":\"un $i deux $i\"}"; done >"$T/in"
mlin count -o "$T/whole.cnt" "$T/in"
n=0
while read -r line; do n=$((n + 1)); echo "$line" | mlin count -o "$T/$n.one"; done <"$T/in"
mlin count --merge -o "$T/merged.cnt" "$T"/*.one
cmp "$T/merged.cnt" "$T/whole.cnt" && ls "$T" | grep -c one
ls -d "$T"/*.spill 2>/dev/null || echo "nothing is left"
# More than 256 files need a place for runs.
mlin count --merge -o - "$T"/*.one
