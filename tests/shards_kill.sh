#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Shards of a run that was killed, and run again until it ends, are the bytes of
# one that was not: for every format, for directories by language, and for runs
# that append.  What a killed run left under a final name is whole.
#
# Each round kills the run a little later.  Some rounds must have hit it between
# two shards and gone on, or nothing was shown.
set -eu

work=${T:-$(mktemp -d)}
rounds=${ROUNDS:-4}

fail() {
    echo "FAIL $*" >&2
    exit 1
}

awk 'BEGIN {
    x = 7
    for (d = 0; d < 4000; d++) {
        x = (x * 16807) % 2147483647
        printf "{\"id\":%d,\"lang\":\"%s\",\"text\":\"", d, x % 3 ? "aa" : "bb"
        for (w = x % 90; w > 0; w--) printf "mill %d ", w
        print "\"}"
    }
}' >"$work/in.jsonl"
head -n 1500 "$work/in.jsonl" >"$work/less.jsonl"

formats='--format megatron,datatrove,olmo,mds,llmc,nanogpt'

# In a subshell or in the background: the program takes its place.
run() {
    # shellcheck disable=SC2086
    exec "$MLIN" encode --quiet --threads 3 --batch 20K --shard-tokens 150000 \
        --tokenizer tests/data/tok300.json --out "$work/now/$place" $options \
        "$@"
}

# Kill it after a while that grows from round to round; true if it was at work.
kill_one() {
    run "$1" &
    pid=$!
    sleep "0.$(printf '%03d' $((round * 71 % 200 + 10)))"
    kill -9 $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
    find "$work/now" -name manifest.json.part | grep -q .
}

# Every file with its final name is that of the whole run, or of the one before.
check_left() {
    (cd "$work/now" && find . -type f ! -name '*.part' ! -name '*.json') |
    while read -r file; do
        cmp "$work/now/$file" "$work/whole/$file" ||
            fail "round $round of '$options': half-written: $file"
    done
}

hits=0 kept=0 kills=0
for case in plain lang append; do
    options=$formats place=all
    case $case in
    lang) options='--format litdata' place='{lang}' ;;
    append) options="$formats --append" ;;
    esac
    rm -rf "$work/whole" "$work/now" "$work/before"
    mkdir "$work/now"
    [ $case != append ] || (run "$work/less.jsonl")
    cp -r "$work/now" "$work/before"
    (run "$work/in.jsonl")
    mv "$work/now" "$work/whole"
    round=0
    while [ $round -lt "$rounds" ]; do
        round=$((round + 1))
        cp -r "$work/before" "$work/now"
        for again in 1 2; do
            kills=$((kills + 1))
            kill_one "$work/in.jsonl" && hits=$((hits + 1))
            check_left
            find "$work/now" -name manifest.json.part -exec cat {} + |
                grep -q '^{"name' && kept=$((kept + 1))
            # A run that ended before it was killed has appended already.
            [ $case = append ] && ! [ -e "$work/now/all/manifest.json.part" ] ||
                continue
            rm -rf "$work/now"
            cp -r "$work/before" "$work/now"
        done
        (run "$work/in.jsonl")
        diff -r "$work/whole" "$work/now" ||
            fail "round $round of '$options': other bytes"
        rm -r "$work/now"
    done
done
[ $hits -ge 6 ] || fail "only $hits of $kills kills hit a run at work"
[ $kept -ge 3 ] || fail "only $kept of $hits runs had finished a shard"
echo "$hits of $kills kills hit a run at work, $kept of them had shards"
