for i in 1 2 3 4 5 6 7 8 9; do
    echo "{\"id\":\"$i\",\"text\":\"The mill number $i, of Mr $i$i$i, is old.\"}"
    echo "{\"id\":\"x$i\",\"text\":\"A word of $i letters: $(printf 'aeiouaeiou' | cut -c $i-)\"}"
done >"$T/in"
mlin dedup --near --index "$T/good" --name may "$T/in" >/dev/null
try() { # what, with byte at .. of may.mh changed
    rm -rf "$T/bad"
    cp -r "$T/good" "$T/bad"
    "$@"
    for line in "index $T/bad" "index --check $T/bad" "lookup --index $T/bad $T/in" "dedup --near --index $T/bad --name june $T/in"; do
        mlin $line 2>&1 >"$T/out"
        echo "  status $?: $(echo $line | cut -d ' ' -f 1-2 | sed 's/ [^-].*//')"
        [ "$line" != "index --check $T/bad" ] || cat "$T/out"
    done
}
bend() { # file, byte
    printf '\377\376' | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
gone() { rm "$T/bad/may.mh"; }
cut_short() { head -c 3000 "$T/good/may.mh" >"$T/bad/may.mh"; }
other() { mlin minhash -o "$T/bad" --name may "$T/in"; }
key() { bend "$T/bad/may.mh" 120; }
directory() { bend "$T/bad/may.mh" $(($(wc -c <"$T/good/may.mh") - 300)); }
catalogue() { echo 'no database, but long enough to be looked at' >"$T/bad/index.db"; }
params() { sqlite3 "$T/bad/index.db" "UPDATE parameters SET words='fast, 14 bands of 8, 5 words, seed 2'"; }
row() { sqlite3 "$T/bad/index.db" 'UPDATE run SET documents=documents+1'; }
for what in gone cut_short other key directory catalogue params row; do
    echo "$what:"
    try $what
done
