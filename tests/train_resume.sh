#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A training that is killed goes on from its merges and ends with the bytes of
# one that was not; merges of other words or options, and a file that broke off
# or changed, are not taken.
#
# A run is killed twice: when its first merges are kept, which a fast machine may
# miss, and by the system when its vocabulary is larger than files may be, which
# none can.
set -eu

work=${T:-$(mktemp -d)}

fail() {
    echo "FAIL $*" >&2
    exit 1
}

# Many words of two languages, with few letters in a skewed order.
awk 'BEGIN {
    x = 1
    for (d = 0; d < 1200; d++) {
        text = ""
        for (w = 0; w < 250; w++) {
            x = (x * 16807) % 2147483647
            for (i = x % 9 + 2; i > 0; i--) {
                x = (x * 16807) % 2147483647
                text = text sprintf("%c", 97 + int((x % 625) ^ 0.5))
            }
            text = text " "
        }
        printf "{\"text\":\"%s\",\"lang\":\"%s\"}\n", text, d % 3 ? "aa" : "bb"
    }
}' >"$work/in.jsonl"
"$MLIN" count --quiet -o "$work/all.cnt" "$work/in.jsonl"
head -n 300 "$work/in.jsonl" | "$MLIN" count --quiet -o "$work/less.cnt"

now=$work/now.json
part=$now.part-merges

train() {
    "$MLIN" train -o "$now" --vocab-size 60000 --quiet "$@" 2>"$work/said"
}

# Kill a run as soon as its first merges are kept.
kill_one() {
    "$MLIN" train -o "$now" --vocab-size 60000 --quiet "$@" 2>/dev/null &
    pid=$!
    while kill -0 $pid 2>/dev/null && [ ! -s "$part" ]; do :; done
    kill -9 $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
}

# Killed by SIGXFSZ when it writes 60,000 tokens, all its merges kept before.
kill_late() {
    (
        ulimit -f 2048
        exec "$MLIN" train -o "$now" --vocab-size 60000 --quiet "$@" 2>/dev/null
    ) 2>/dev/null && fail "a file of more than ulimit -f was written"
    [ -s "$part" ] || fail "a killed run kept no merges"
}

hits=0
for options in '' '--parity window --global-merges 300' \
    '--alpha 0.3 --special <s> --utf8-safe'; do
    # shellcheck disable=SC2086
    train $options "$work/all.cnt"
    [ ! -e "$part" ] || fail "$part is left"
    mv "$now" "$work/whole"
    for round in one late; do
        # shellcheck disable=SC2086
        "kill_$round" $options "$work/all.cnt"
        [ ! -s "$part" ] || cp "$part" "$work/kept"
        rm -f "$now"
        # shellcheck disable=SC2086
        train $options "$work/all.cnt"
        grep -q 'goes on after the [0-9]* steps' "$work/said" &&
            hits=$((hits + 1))
        cmp "$now" "$work/whole" || fail "round $round of '$options'"
        [ ! -e "$part" ] || fail "$part is left"
    done
    rm -f "$now" "$part"
done
[ "$hits" -ge 3 ] || fail "only $hits runs went on: nothing was shown"

# The merges kept last are of --alpha; another run begins anew.
train "$work/all.cnt"
mv "$now" "$work/whole"
cp "$work/kept" "$part"
train "$work/all.cnt"
grep -q 'goes on' "$work/said" && fail "took the merges of other options"
cmp "$now" "$work/whole" || fail "spoilt by merges of other options"

# Broken off, changed, no such file at all.
kill_late "$work/all.cnt"
cp "$part" "$work/kept"
size=$(wc -c <"$work/kept")
for damage in cut change junk words; do
    cp "$work/kept" "$part"
    case $damage in
    cut) head -c $((size - 5)) "$work/kept" >"$part" ;;
    change) printf 'X' | dd of="$part" bs=1 seek=$((size - 99)) \
        conv=notrunc 2>/dev/null ;;
    junk) echo junk >"$part" ;;
    esac
    if [ $damage = words ]; then
        train "$work/less.cnt"
        grep -q 'goes on' "$work/said" && fail "took the merges of other words"
        continue
    fi
    train "$work/all.cnt"
    cmp "$now" "$work/whole" || fail "$damage"
done
echo "$hits killed runs went on"
