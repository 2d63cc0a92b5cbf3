add() {
    echo "{\"id\":\"$3\",\"text\":\"$4\"}" |
        mlin dedup --near --index "$T/$1" --name "$2" >/dev/null
}
add a may 1 "Mills grind."
add b june 2 "Wheels turn."
add b july 3 "Mills grind!"
mlin index -o "$T/c" "$T/a" "$T/b"
mlin index "$T/c"
mlin index --check "$T/c"
echo '{"text":"Mills GRIND"}' | mlin lookup --index "$T/c"
# A file of minhash may be a run, too.
echo '{"id":4,"text":"Stones lie."}' | mlin minhash -o "$T/d" --name part
mlin index -o "$T/c" "$T/d/part.mh" "$T/a"
echo '{"text":"stones lie"}' | mlin lookup --index "$T/c"
mlin index --remove june "$T/c"
mlin index "$T/c"
ls "$T/c" "$T/b"
# What cannot be one index.
add e may 5 "Other mills."
add f may 6 "Other wheels."
echo '{"text":"a"}' | mlin dedup --near --bands 20 --index "$T/g" --name g >/dev/null
for line in "-o $T/c $T/e" "-o $T/h $T/e $T/f" "-o $T/c $T/g" "-o $T/h $T/a $T/g" "-o $T/c $T/nothing" "--remove june $T/c"; do
    mlin index $line 2>&1
    echo "status $?"
done
# Nothing was put into the new one before the other was refused.
ls "$T/h" 2>/dev/null | wc -l
