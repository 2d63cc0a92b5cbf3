# A killed run leaves its runs in one folder; the next removes them, and they
# are not counted.
awk 'BEGIN { srand(5); for (i = 0; i < 4000; i++) { printf "{\"text\":\""; for (k = 0; k < 30; k++) printf "slovo%d ", int(rand() * 90000); print "\"}" } }' >"$T/in"
mlin count -o "$T/whole.cnt" "$T/in"
for i in $(seq 400); do cat "$T/in" || break; done 2>/dev/null | mlin count --threads 1 --memory 512K -o "$T/a.cnt" & pid=$!
n=0
until ls "$T/a.cnt.spill/"[0-9]*.cnt >/dev/null 2>&1 || [ $n -ge 150 ]; do sleep 0.1; n=$((n + 1)); done
kill -9 $pid; wait $pid 2>/dev/null
[ -n "$(ls "$T/a.cnt.spill")" ] && [ ! -e "$T/a.cnt" ] && echo "killed while it spilled"
mlin count --threads 1 --memory 512K -o "$T/a.cnt" "$T/in"
cmp "$T/a.cnt" "$T/whole.cnt" && [ ! -e "$T/a.cnt.spill" ] && echo "the same, and nothing is left"
