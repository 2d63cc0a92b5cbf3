try() {
    mlin cluster "$@" 2>&1
    echo "status $?"
}
mkdir "$T/d" "$T/e"
try
try "$T/nothing"
try "$T/d"
echo 'not a book, but long enough to be looked at, which takes sixty-four bytes' >"$T/d/x.mh"
try "$T/d"
printf '%s\n' '{"id":1,"text":"a"}' '{"id":2,"text":"a"}' >"$T/in"
mlin minhash -o "$T/d" --name x "$T/in"
mlin minhash -o "$T/d" --name y --bands 20 "$T/in"
try "$T/d"
rm "$T/d/y.mh"
try "$T/d" | grep copies
head -c 300 "$T/d/x.mh" >"$T/e/x.mh"
try "$T/e"
{ head -c 100 "$T/d/x.mh"; printf x; tail -c +102 "$T/d/x.mh"; } >"$T/e/x.mh"
try "$T/e"
try --jaccard 2 "$T/d"
try --sort-in "$T/nowhere" "$T/d"
try --sort-in "$T/in" "$T/d"
