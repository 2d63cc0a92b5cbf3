echo '{"id":1,"text":"a"}' >"$T/in"
mlin minhash --out "$T/d" "$T/in"
mlin cluster "$T/d" >/dev/null
try() {
    mlin drop "$@" "$T/in" 2>&1
    echo "status $?"
}
try
try --list "$T/nothing"
try --list "$T/in"
head -c 40 "$T/d/clusters.list" >"$T/short"
try --list "$T/short"
{ head -c 9 "$T/d/clusters.list"; printf x; tail -c +11 "$T/d/clusters.list"; } >"$T/bent"
try --list "$T/bent"
try --list "$T/d/clusters.list"
