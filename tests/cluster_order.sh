#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The same documents in any order, in any shards, by any number of threads, with
# any memory, keys compared at once or in parts, and after kill -9 at any point:
# the list of clusters has the same bytes, and drop keeps the same documents.  A slow script says which clusters
# they should be, from the keys that minhash writes into the documents.
#
# Real text where MLIN_DATA has it, besides documents that are made here.
set -eu

work=${T:-$(mktemp -d)}

fail() {
    echo "FAIL $*" >&2
    exit 1
}

python3 tests/data/copies.py --seed 4 >"$work/all.jsonl"
real=${MLIN_DATA:-}/dedup/install-guide-archs.docs.jsonl.zst
if [ -f "$real" ]; then
    zstd -dcq "$real" | head -n 1200 >>"$work/all.jsonl"
else
    echo "no MLIN_DATA: made documents only"
fi

digest() {
    cksum <"$1/clusters.list"
}

# The whole at once.
mkdir "$work/one"
"$MLIN" minhash --quiet --threads 1 --out "$work/one" "$work/all.jsonl"
"$MLIN" cluster --threads 1 "$work/one" >"$work/report"
digest "$work/one" >"$work/want"
"$MLIN" drop --quiet --list "$work/one/clusters.list" "$work/all.jsonl" |
    sort >"$work/kept"
grep -q '"cluster_size":[2-9]' "$work/kept" || fail "nothing was clustered"
# Documents sum up: kept and copies.
copies=$(sed -n 's/^copies\t//p' "$work/report")
[ $((copies + $(wc -l <"$work/kept"))) -eq "$(wc -l <"$work/all.jsonl")" ] ||
    fail "$copies copies and $(wc -l <"$work/kept") kept are not all"

# ---- what the clusters should be ----

# The edges among stars whose estimate is enough are found by dedup's own judge
# (tests/property/near.c); without an estimate, keys alone tell the clusters.
"$MLIN" cluster --jaccard 0 --out "$work/loose.list" "$work/one" >/dev/null
"$MLIN" drop --quiet --annotate --list "$work/loose.list" "$work/all.jsonl" \
    >"$work/loose"
"$MLIN" minhash --quiet --pass --signature-field sig "$work/all.jsonl" \
    >"$work/signed"
python3 - "$work/signed" "$work/loose" <<'END' || fail "clusters are not those of the keys"
import json, sys

signed = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
loose = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
parent = list(range(len(signed)))


def find(i):
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


first = {}
for i, doc in enumerate(signed):
    bands = [tuple([b] + doc["sig"][b * 8:b * 8 + 8]) for b in range(14)] \
        if doc["sig"] else [doc["text"]]
    for band in bands + [json.dumps(doc.get("id")) + doc["text"]]:
        parent[find(i)] = find(first.setdefault(band, i))
mine = {}
for i in range(len(signed)):
    mine.setdefault(find(i), set()).add(i)
theirs = {}
for i, doc in enumerate(loose):
    theirs.setdefault(doc.get("cluster", f"alone {i}"), set()).add(i)
    assert doc["cluster_size"] == len(mine[find(i)]), doc
assert sorted(map(sorted, mine.values())) == sorted(map(sorted, theirs.values()))
assert max(map(len, mine.values())) > 5 and len(mine) > 100
END

# ---- order, shards, threads, memory, ranges ----

# The same in parts, the last one first, and joined.
joined() { # folder, parts, memory, threads
    part=$2
    while [ "$part" -gt 0 ]; do
        "$MLIN" cluster --range "$part/$2" --memory "$3" --threads "$4" "$1" \
            >"$work/part"
        part=$((part - 1))
    done
    "$MLIN" cluster --join --memory "$3" --threads "$4" "$1" >"$work/joined"
    digest "$1" | cmp -s - "$work/want" || fail "$2 parts: other clusters"
}

round=0
for shape in "1 3 1G 1G" "2 1 300K 64K" "5 2 50K 1M" "11 3 1M 20K"; do
    set -- $shape
    round=$((round + 1))
    dir=$work/shape$round
    mkdir "$dir"
    python3 -c '
import random, sys
lines = open(sys.argv[1], "rb").read().splitlines(True)
random.seed(int(sys.argv[3]))
random.shuffle(lines)
for i in range(int(sys.argv[4])):
    open(f"{sys.argv[2]}.{i}", "wb").writelines(lines[i::int(sys.argv[4])])
' "$work/all.jsonl" "$work/shard$round" "$round" "$1"
    for shard in "$work/shard$round".*; do
        "$MLIN" minhash --quiet --threads "$2" --batch 20K --memory "$3" \
            --out "$dir" --name "s${shard##*.}" "$shard"
    done
    "$MLIN" cluster --threads "$2" --memory "$4" "$dir" >"$work/report$round"
    digest "$dir" | cmp -s - "$work/want" || fail "shape $shape: other clusters"
    cmp -s "$work/report" "$work/report$round" || fail "shape $shape: report"
    joined "$dir" $((round * round)) "$4" "$2"
    cmp -s "$work/report" "$work/joined" || fail "shape $shape: joined report"
    cat "$work/shard$round".* |
        "$MLIN" drop --quiet --list "$dir/clusters.list" | sort |
        cmp -s - "$work/kept" || fail "shape $shape: drop keeps others"
done

# ---- killed ----

hits=0
for ms in 003 006 010 015 020 030 040 050 060 080; do
    dir=$work/killed
    rm -rf "$dir"
    mkdir "$dir"
    for half in 0 1; do
        "$MLIN" minhash --quiet --memory 50K --out "$dir" --name "h$half" \
            "$work/shard2.$half" &
        pid=$!
        sleep "0.$ms"
        kill -9 $pid 2>/dev/null && hits=$((hits + 1))
        wait $pid 2>/dev/null || :
        "$MLIN" minhash --quiet --memory 50K --out "$dir" --name "h$half" \
            "$work/shard2.$half"
    done
    "$MLIN" cluster --memory 20K "$dir" >/dev/null &
    pid=$!
    sleep "0.$ms"
    kill -9 $pid 2>/dev/null && hits=$((hits + 1))
    wait $pid 2>/dev/null || :
    [ ! -f "$dir/clusters.list" ] || digest "$dir" | cmp -s - "$work/want" ||
        fail "half a list after kill at $ms ms"
    "$MLIN" cluster --memory 20K "$dir" >/dev/null
    digest "$dir" | cmp -s - "$work/want" || fail "killed at $ms ms: other bytes"
    "$MLIN" cluster --range 1/2 --memory 20K "$dir" >/dev/null &
    pid=$!
    sleep "0.$ms"
    kill -9 $pid 2>/dev/null && hits=$((hits + 1))
    wait $pid 2>/dev/null || :
    joined "$dir" 2 20K 1
    left=$(find "$dir" -name '*.part' -o -name 'sort.*')
    [ -z "$left" ] || fail "left behind: $left"
done
[ $hits -ge 5 ] || fail "only $hits kills hit a run at work"
echo "4 shapes, $hits kills at work: $(cat "$work/want")"
