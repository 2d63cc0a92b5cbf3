# Whole shards of a killed run are kept, the others written; other documents are
# told apart from those that the shards hold.
for i in $(seq 400); do echo "{\"text\":\"the mill turns $i\"}"; done >"$T/in"
options="--tokenizer tests/data/tok300.json --format olmo,mds --batch 1K
    --shard-tokens 1000"
mlin encode $options --out "$T/whole" "$T/in"
mkfifo "$T/fifo"
mlin encode $options --out "$T/killed" <"$T/fifo" &
exec 3>"$T/fifo"
head -n 300 "$T/in" >&3
tries=0
while [ ! -e "$T/killed/shard.00001.mds" ] && [ $((tries += 1)) -lt 3000 ]; do
    sleep 0.01
done
kill -9 $!
wait
exec 3>&-
[ -e "$T/killed/manifest.json" ] && echo "finished too early"
cp -r "$T/killed" "$T/torn"
cp -r "$T/killed" "$T/other"
ls -i "$T/killed/part-0-00000.npy" >"$T/inode"
mlin encode $options --out "$T/killed" "$T/in"
ls -i "$T/killed/part-0-00000.npy" | cmp - "$T/inode"
diff -r "$T/whole" "$T/killed" && ls "$T/killed"
# The last line of the record broke off.
truncate -s -20 "$T/torn/manifest.json.part"
mlin encode $options --out "$T/torn" "$T/in"
diff -r "$T/whole" "$T/torn"
sed 's/turns 1/TURNS 1/' "$T/in" | mlin encode $options --out "$T/other"
echo "status $?"
# Another run takes the place of the unfinished one.
mlin encode $options --eos none --out "$T/other" "$T/in"
mlin encode $options --eos none --out "$T/anew" "$T/in"
diff -r "$T/other" "$T/anew"
