#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Memory and time are bounded by the options, not by the input; nothing vanishes
# between in, out and rejects; disks fill up.
#
# SIZE_MB is how much is run through (default 60; `make check SIZE_MB=500`).
set -eu

work=${T:-$(mktemp -d)}
size=${SIZE_MB:-60}

fail() {
    echo "FAIL $*" >&2
    exit 1
}

# Most memory in kB and seconds of a command: "MAXRSS SECONDS".
measure() {
    python3 - "$@" <<'END'
import resource, subprocess, sys, time
start = time.monotonic()
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_maxrss, round(usage.ru_utime + usage.ru_stime, 2), status)
END
}

is_sanitized() {
    grep -qc -e __asan_init -e __tsan_init "$MLIN"
}

# ---- nothing vanishes ----

python3 tests/data/mixed.py --seed 9 --count 2000 --broken >"$work/in.jsonl"
grep -c '[^[:space:]]' "$work/in.jsonl" >"$work/n"
"$MLIN" run --out "$work/out" "read $work/in.jsonl --rejects $work/r |
    normalize --rejects $work/r | quality --rejects $work/r |
    dedup --rejects $work/r"
in=$(cat "$work/n") out=$(wc -l <"$work/out") gone=$(wc -l <"$work/r")
[ "$out" -gt 100 ] && [ "$gone" -gt 100 ] || fail "too little: $out, $gone"
[ "$in" -eq $((out + gone)) ] || fail "$in in, $out out, $gone rejected"
python3 - "$work/r" <<'END' || fail "a reject that is no JSON"
import json, sys
for line in open(sys.argv[1], "rb"):
    reject = json.loads(line)
    assert reject["stage"] and reject["reason"], reject
    assert "document" in reject or "line" in reject or "line_base64" in reject
END
echo "in = out + rejects: $in = $out + $gone"

# ---- a full disk, in every place that writes ----

full() {
    name=$1
    shift
    status=0
    "$@" 2>"$work/said" || status=$?
    [ $status -eq 1 ] || fail "$name on a full disk: status $status"
    grep -q 'No space left' "$work/said" ||
        fail "$name on a full disk says: $(cat "$work/said")"
}

cp "$work/in.jsonl" "$work/d.jsonl"
for stage in normalize dedup quality; do
    full $stage sh -c "grep -v -e 'no end' -e 12} -e 'no text' -e 'not an' \
        -e alone -e '\"two\"' -e 'plain words' $work/d.jsonl |
        grep -av 'a.*b\"}\$' | $MLIN $stage >/dev/full"
done
full rejects "$MLIN" read --rejects /dev/full -o "$work/o" "$work/in.jsonl"
full count "$MLIN" count -o /dev/full "$work/out"

# ---- memory: by workers and batch, not by the input ----

if is_sanitized; then
    echo "memory and time mean nothing under a sanitizer"
    exit 0
fi
python3 - "$size" >"$work/big.jsonl" <<'END'
import sys
size, done, number = int(sys.argv[1]) << 20, 0, 0
words = "der Fluss la rivière řeka ποταμός rzeka joki folyó".split()
while done < size:
    text = " ".join(words[(number * 7 + i * i) % 9] for i in range(200))
    line = '{"id":%d,"text":"%s %d"}\n' % (number, text, number)
    sys.stdout.write(line)
    done += len(line.encode())
    number += 1
END
# 2 threads are 4 workers; each keeps its batch (lines, texts, what was added:
# 4 x) and one table of words for each text of it (8 x).  A third of the input
# must need as much as all of it.
most_kb=$(((40 + 4 * 12 * 2) * 1024))
head -c $((size * 350000)) "$work/big.jsonl" | sed '$d' >"$work/third.jsonl"
for file in third big; do
    set -- $(measure "$MLIN" run --threads 2 --batch 2M \
        "read $work/$file.jsonl | normalize | quality --annotate")
    [ "$3" -eq 0 ] || fail "big run: status $3"
    [ "$1" -lt $most_kb ] || fail "memory: $1 kB for $size MB, not $most_kb kB"
    [ $file = big ] || third_kb=$1
    echo "memory: $1 kB for $file.jsonl of $size MB, at most $most_kb kB; $2 s"
done
[ "$1" -lt $((third_kb + 32 * 1024)) ] ||
    fail "memory grows with the input: $third_kb kB, then $1 kB"

# ---- time: one line of 16 MB costs no more than 16 MB of lines ----

line() { # kind, bytes
    python3 - "$1" "$2" <<'END'
import sys
kind, size = sys.argv[1], int(sys.argv[2])
text = {"word": "a" * size, "words": "ab " * (size // 3),
        "escapes": "\\n" * (size // 2), "lines": "x\\n" * (size // 3),
        "accents": "e\\u0301" * (size // 7), "marks": "\u0301" * (size // 2),
        "quotes": '\\"' * (size // 2), "spaces": " " * size}[kind]
print('{"id":1,"source":"s","text":"a%s b"}' % text)
END
}
# What took so many seconds for 2 MB and for 16 MB: 8 times the bytes; 20 times
# the time, with a floor, is not yet square.
linear() {
    python3 -c "import sys; sys.exit(not $3 < 20 * max($2, 0.05))" ||
        fail "$1: $2 s for 2 MB, $3 s for 16 MB"
    echo "$1: $2 s for 2 MB, $3 s for 16 MB"
}
for kind in word words escapes lines accents marks quotes spaces; do
    for mb in 2 16; do
        line $kind $((mb << 20)) >"$work/line.jsonl"
        set -- $(measure "$MLIN" run --threads 1 \
            "read $work/line.jsonl | normalize | quality --annotate | dedup")
        [ "$3" -eq 0 ] || fail "one line of $kind: status $3"
        [ $mb -eq 2 ] && small=$2
    done
    linear "one line of $kind" "$small" "$2"
done
{ printf '{"text":"a","x":'; head -c 3000000 /dev/zero | tr '\0' '['; } \
    >"$work/deep.jsonl"
set -- $(measure "$MLIN" read "$work/deep.jsonl" 2>/dev/null)
[ "$3" -eq 1 ] || fail "deep nesting: status $3"

# ---- time: so with a training on one line without a space ----

endless() { # kind, bytes
    python3 - "$1" "$2" <<'END'
import random, sys
kind, size = sys.argv[1], int(sys.argv[2])
chance = random.Random(1)
parts = ["".join(chance.choices("abcdeilmnorstuéß", k=chance.randint(2, 9)))
         for _ in range(5000)]
sys.stdout.write("a" * size if kind == "letter" else
                 "".join(chance.choices(parts, k=size // 6)))
END
}
for kind in letter letters; do
    for mb in 2 16; do
        endless $kind $((mb << 20)) >"$work/endless.txt"
        set -- $(measure "$MLIN" train --threads 1 --quiet --lines \
            --vocab-size 2000 -o "$work/endless.json" "$work/endless.txt")
        [ "$3" -eq 0 ] || fail "a training on one line of $kind: status $3"
        [ $mb -eq 2 ] && small=$2
    done
    linear "a training on one line of $kind" "$small" "$2"
done
