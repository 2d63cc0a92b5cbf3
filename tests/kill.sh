#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A run that is killed leaves nothing under a final name; run again, it writes
# the bytes that an undisturbed run writes.
#
# Each round kills the run a little later; the rounds must have hit it at work
# (.part files left behind), or the test has shown nothing.
set -eu

work=${T:-$(mktemp -d)}
rounds=${ROUNDS:-12}

fail() {
    echo "FAIL $*" >&2
    exit 1
}

python3 tests/data/mixed.py --seed 5 --count 3000 --broken >"$work/in.jsonl"

cat >"$work/p.mill" <<END
read $work/in.jsonl --rejects $work/now/rejects.jsonl.gz
jitter --max-ms 20
normalize --rejects $work/now/empty.jsonl
dedup
count -o $work/now/words.cnt --pass
END

# In a subshell or in the background: the program takes its place, so that the
# signal reaches it.
run() {
    exec "$MLIN_TEST" run --threads 3 --batch 20K --ledger "$work/now/books.db" \
        --out "$work/now/out.jsonl.zst" "$work/p.mill"
}

# What the files say; packed bytes may differ with the library.
contents() {
    (cd "$1" && for file in *; do
        case $file in
        *.part) continue ;;
        *.gz) gzip -dc "$file" | cksum ;;
        *.zst) zstd -qdc "$file" | cksum ;;
        *.db) sqlite3 "$file" 'SELECT * FROM flow ORDER BY 1, 2, 3;
                SELECT * FROM dropped ORDER BY 1, 2, 3, 4;' | cksum ;;
        *) cksum <"$file" ;;
        esac | sed "s/^/$file /"
    done)
}

mkdir "$work/now"
(run)
contents "$work/now" >"$work/whole"
[ "$(wc -l <"$work/whole")" -eq 5 ] || fail "files: $(cat "$work/whole")"
rm -r "$work/now"

hits=0
round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    mkdir "$work/now"
    run &
    pid=$!
    sleep "0.$(printf '%03d' $((round * 37 % 400 + 5)))"
    kill -9 $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
    (cd "$work/now" && ls) >"$work/left"
    if grep -q '\.part$' "$work/left"; then
        hits=$((hits + 1))
        # A name without .part is a whole file; the documents come after all.
        contents "$work/now" | grep -v '^books.db ' >"$work/early" || :
        while read -r line; do
            grep -qxF "$line" "$work/whole" ||
                fail "round $round: half-written: $line"
        done <"$work/early"
    fi
    (run)
    (cd "$work/now" && ! ls -- *.part >/dev/null 2>&1) ||
        fail "round $round: .part left after a good run"
    contents "$work/now" >"$work/again"
    diff "$work/whole" "$work/again" || fail "round $round: other bytes"
    rm -r "$work/now"
done
[ $hits -ge 3 ] || fail "only $hits of $rounds rounds hit the run at work"
echo "$hits of $rounds rounds hit the run at work"
