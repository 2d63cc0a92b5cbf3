#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A corpus that comes as three crawls, each deduplicated against the index of
# those before it, keeps the documents that one stream keeps, and names the same
# witnesses: with any threads, any memory, and after kill -9 at any point.  Runs
# that are there already are left as they are, to the byte.  Indexes that are
# merged in any order give the same answers.
#
# Real text where MLIN_DATA has it, besides documents that are made here.
set -eu

work=${T:-$(mktemp -d)}
rounds=${ROUNDS:-12}

fail() {
    echo "FAIL $*" >&2
    exit 1
}

# Documents whose keys many others have, too: the ninth is not entered.
python3 tests/data/copies.py --seed 9 --count 3000 >"$work/all.jsonl"
real=${MLIN_DATA:-}/dedup/install-guide-archs.docs.jsonl.zst
if [ -f "$real" ]; then
    zstd -dcq "$real" | head -n 1200 >>"$work/all.jsonl"
else
    echo "no MLIN_DATA: made documents only"
fi
cd "$work"
lines=$(($(wc -l <all.jsonl) / 3 + 1))
split -l "$lines" -a 1 all.jsonl crawl.
[ "$(echo crawl.?)" = "crawl.a crawl.b crawl.c" ] || fail "not three crawls"

"$MLIN" dedup --quiet --near --rejects one.rejects all.jsonl >one.kept
grep -c '"reason":"near duplicate"' one.rejects >near.count
[ "$(cat near.count)" -gt 300 ] || fail "hardly any near copies"

# The three crawls into an index; what is kept, and the rejects but where the
# witness stands.  `#7` is the seventh of a crawl, so it cannot be compared.
plain() {
    sed -e 's/,"dup_in":"[a-z]*"//' -e 's/"dup_of":"#[0-9]*"/"dup_of":"#"/'
}
crawl() { # folder, crawl, options...
    folder=$1 name=$2
    shift 2
    "$MLIN" dedup --quiet --near --index "$folder/index" --name "$name" \
        --rejects "$folder/$name.rejects" --out "$folder/$name.kept" "$@" \
        "crawl.$name"
}
same_as_one() { # folder, what
    cat "$1"/?.kept | cmp -s - one.kept || fail "$2: other documents are kept"
    cat "$1"/?.rejects | plain >seen
    plain <one.rejects | cmp -s - seen || fail "$2: other witnesses"
}

# ---- one stream, three crawls ----

for shape in "1 512K 1G" "3 20K 1G" "2 100K 6M"; do
    set -- $shape
    rm -rf now
    mkdir now
    for name in a b c; do
        crawl now $name --threads "$1" --batch "$2" --memory "$3"
    done
    same_as_one now "$shape"
    (cd now/index && cksum ./*.mh) >files
    sqlite3 now/index/index.db 'SELECT * FROM run' >rows
    [ -f files.first ] || cp files files.first
    cmp files files.first || fail "$shape: another index"
    "$MLIN" index --check now/index || fail "$shape: damaged"
    # Again: all is there, and stays.
    for name in a b c; do
        crawl now $name --threads "$1" --memory "$3"
    done
    same_as_one now "$shape again"
    (cd now/index && cksum ./*.mh) | cmp - files || fail "$shape: changed"
    sqlite3 now/index/index.db 'SELECT * FROM run' | cmp - rows ||
        fail "$shape: other rows"
done
# 6M are too little: something is written while the stream goes on.
mkfifo slow
mkdir slowly
"$MLIN" dedup --quiet --near --index slowly --name a --memory 6M slow >/dev/null &
exec 3>slow
cat crawl.a crawl.b >&3
tries=0
while [ ! -s slowly/a.new.part ]; do
    tries=$((tries + 1))
    [ $tries -lt 500 ] || fail "6M was memory enough: nothing was tried"
    sleep 0.01
done
exec 3>&-
wait
[ "$(ls slowly)" = "a.mh
index.db" ] || fail "left behind: $(ls slowly)"

# ---- killed ----

mkdir whole
for name in a b c; do
    crawl whole $name --memory 6M
done
hits=0 round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    rm -rf now
    mkdir now
    for name in a b c; do
        "$MLIN" dedup --quiet --near --index now/index --name $name \
            --memory 6M --rejects now/$name.rejects --out now/$name.kept \
            crawl.$name &
        pid=$!
        sleep "0.$(printf '%03d' $((round * 7 % 60 + 3)))"
        kill -9 $pid 2>/dev/null && hits=$((hits + 1))
        wait $pid 2>/dev/null || :
        if [ -s now/index/index.db ]; then
            "$MLIN" index now/index >listed 2>&1 ||
                grep -q 'is no index' listed || fail "round $round: $(cat listed)"
        fi
        crawl now $name --memory 6M
    done
    same_as_one now "killed, round $round"
    for name in a b c; do
        cmp -s now/index/$name.mh whole/index/$name.mh ||
            fail "round $round: other bytes of $name"
    done
    sqlite3 now/index/index.db 'SELECT * FROM run' >rows
    sqlite3 whole/index/index.db 'SELECT * FROM run' | cmp -s - rows ||
        fail "round $round: other rows"
    left=$(find now -name '*.part' -o -name '*.new' -o -name '*.merged' -o -name '*-journal')
    [ -z "$left" ] || fail "left behind: $left"
done
[ $hits -ge 5 ] || fail "only $hits kills hit a run at work"

# ---- merged ----

for name in a b c; do
    mkdir "alone.$name"
    crawl "alone.$name" $name
done
for order in "a b c" "c b a" "b a c"; do
    set -- $order
    rm -rf merged
    "$MLIN" index -o merged "alone.$1/index" "alone.$2/index"
    "$MLIN" index -o merged "alone.$3/index" "alone.$1/index"
    "$MLIN" lookup --quiet --index merged all.jsonl | cksum >answers
    [ -f answers.first ] || cp answers answers.first
    cmp -s answers answers.first || fail "merged as $order: other answers"
    "$MLIN" index merged | sed -n '/^run/p' | sort >listed
    [ -f listed.first ] || cp listed listed.first
    cmp -s listed listed.first || fail "merged as $order: other runs"
done
# Every document is there, and nothing is found in the text of other words.
"$MLIN" lookup --quiet --index merged all.jsonl >answers
[ "$(grep -c '"dup_of":' answers)" -eq "$(wc -l <all.jsonl)" ] ||
    fail "documents that are not in the index of all"
"$MLIN" lookup --quiet --index whole/index one.kept >answers
[ "$(grep -c '"dup_exact":true' answers)" -eq "$(wc -l <one.kept)" ] ||
    fail "kept documents that are not in the index"
echo "3 shapes, $hits kills at work, 3 orders: $(wc -l <one.kept) kept," \
    "$(cat near.count) near copies"
