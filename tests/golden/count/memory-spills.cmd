# A small budget gives the same bytes and leaves nothing behind, for any threads.
awk 'BEGIN { srand(4); for (i = 0; i < 3000; i++) { printf "{\"lang\":\"%s\",\"text\":\"", i % 5 ? "fin_Latn" : "est_Latn"; for (k = 0; k < 30; k++) printf "sana%d%s ", int(rand() * 90000), k % 9 ? "" : "-pitempi-kuin-muut-sanat"; print "\"}" } }' >"$T/in"
mlin count -o "$T/whole.cnt" "$T/in"
mkdir "$T/2.cnt.spill" && touch "$T/2.cnt.spill/0.cnt.part" "$T/2.cnt.spill/7.cnt"
for threads in 1 2 7; do
    mlin count --threads $threads --batch 20K --memory $((threads + 3))M -o "$T/$threads.cnt" --ledger "$T/$threads.db" "$T/in"
    cmp "$T/$threads.cnt" "$T/whole.cnt" && echo "$threads: the same"
done
mlin count --threads 1 --memory 512K -o "$T/tiny.cnt" "$T/in"
cmp "$T/tiny.cnt" "$T/whole.cnt" && echo "tiny: the same"
ls -d "$T"/*.spill 2>/dev/null || echo "nothing is left"
mlin count -o "$T/all.cnt" --ledger "$T/all.db" "$T/in"
notes() { sqlite3 "$T/$1.db" .dump | grep -o "'[a-z_A-Z]*','pretokens',[0-9]*" | sort; }
notes all
for db in 1 2 7; do test "$(notes $db)" = "$(notes all)" && echo "the same notes"; done
# It did spill: where it cannot, it fails.
: >"$T/1.cnt.spill"
mlin count --threads 1 --memory 4M -o "$T/1.cnt" "$T/in"
