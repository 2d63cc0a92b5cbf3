# A run that is killed leaves no shard under its final name; the next run gives
# what an undisturbed run gives.
yes '{"text":"the mill turns"}' | head -n 20000 >"$T/in"
mlin encode --tokenizer tests/data/tok300.json --out "$T/whole" "$T/in"
mkfifo "$T/fifo"
mlin encode --tokenizer tests/data/tok300.json --out "$T/killed" --batch 1K \
    <"$T/fifo" &
exec 3>"$T/fifo"
cat "$T/in" >&3
while [ ! -e "$T/killed/tokens.bin.part" ]; do sleep 0.01; done
kill -9 $!
wait
ls "$T/killed"
mlin encode --tokenizer tests/data/tok300.json --out "$T/killed" "$T/in"
diff -r "$T/whole" "$T/killed" && ls "$T/killed"
