for i in 1 2 3 4 5; do for j in 1 2; do
    echo "{\"id\":\"$i$j\",\"text\":\"A mill of $i stones, the one that is called $i$i, grinds wheat and rye; number $j\"}"
done; done | tr 12345 abcde >"$T/in"
tail -n 1 "$T/in" >>"$T/in"
mkdir "$T/d"
mlin minhash -o "$T/d" --name x "$T/in"
mlin cluster "$T/d" >"$T/report"
try() {
    mlin cluster "$@" 2>&1
    echo "status $?"
}
for part in 0/2 3/2 1/65 1 1/ /1 1/2/3 -1/2 4294967297/4294967297; do
    try --range $part "$T/d"
done
try --range 1/2 --join "$T/d"
try --join "$T/d"
try --range 1/2 "$T/d"
try --join "$T/d"
try --range 2/2 "$T/d"
ls "$T/d"
# The parts do not depend on --jaccard: the step that joins them has it.
mlin cluster --join -o "$T/joined" "$T/d" | cmp - "$T/report"
cmp "$T/d/clusters.list" "$T/joined"
mlin cluster --jaccard 0.95 -o "$T/strict" "$T/d" >"$T/report"
mlin cluster --jaccard 0.95 --join -o "$T/joined" "$T/d" | cmp - "$T/report"
cmp "$T/strict" "$T/joined"
rm "$T/joined"
echo 'parts that do not go together'
cp "$T/d/2-of-2.pairs" "$T/d/again.pairs"
try --join "$T/d"
mv "$T/d/again.pairs" "$T/good"
mlin cluster --range 3/3 "$T/d" >"$T/report"
try --join "$T/d"
rm "$T/d/3-of-3.pairs"
echo 'damaged'
head -c -24 "$T/good" >"$T/d/2-of-2.pairs"
try --join "$T/d"
head -c 20 "$T/good" >"$T/d/2-of-2.pairs"
try --join "$T/d"
tail -c +25 "$T/good" >"$T/d/2-of-2.pairs"
try --join "$T/d"
{ printf x; tail -c +2 "$T/good"; } >"$T/d/2-of-2.pairs"
try --join -o "$T/joined" "$T/d"
ls "$T/joined" 2>&1 | wc -l
find "$T" -name '*.part'
cp "$T/good" "$T/d/2-of-2.pairs"
echo 'another file of minhash'
mlin minhash -o "$T/d" --name y "$T/in"
try --join "$T/d"
rm "$T/d/y.mh"
try --join "$T/d" | grep -c .
echo 'files, not folders'
cd "$T/d"
rm clusters.list
mlin cluster x.mh | grep -c .
mlin cluster --range 1/1 "$T/d/x.mh"
ls
