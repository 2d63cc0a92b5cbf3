#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tools joined by pipes and the same tools in one run write the same bytes -
# documents, rejects, books, other files - whatever the number of threads and
# the size of a batch; and the program whose gates were taken out does not.
#
# The stage jitter (test build only) delays batches unevenly; without it a
# missing gate is rarely seen.  The input repeats texts a few lines apart, and
# each pipeline says which stages must have dropped something: a test in which
# nothing happens would pass for any program.
set -eu

work=${T:-$(mktemp -d)}
data=$work/data
mkdir -p "$data"
skipped=

fail() {
    echo "FAIL $*" >&2
    exit 1
}

# Each stage gets a rejects file of its own; @ stands for the run's folder.
with_rejects() {
    echo "$1" | tr '\n|' ' \n' |
        awk -v dir="$2" '{ gsub("@", dir); sub(" *$", "")
                           print $0 " --rejects " dir "/rejects." NR }'
}

piped() {
    rm -rf "$2"
    mkdir "$2"
    with_rejects "$1" "$2" | awk -v tool="$MLIN_TEST" -v dir="$2" '
        { if (NR > 1) printf " | "
          printf "{ %s %s --ledger %s/books.db || echo %d >>%s/failed; }",
              tool, $0, dir, NR, dir }' >"$2.sh"
    sh "$2.sh" <"$data/mixed.jsonl" >"$2/out"
    [ ! -e "$2/failed" ] || fail "$1: piped stage $(cat "$2/failed")"
}

# program, pipeline, folder, threads, batch
fused() {
    rm -rf "$3"
    mkdir "$3"
    with_rejects "$2" "$3" >"$3.mill"
    "$1" run --threads "$4" --batch "$5" --ledger "$3/books.db" "$3.mill" \
        <"$data/mixed.jsonl" >"$3/out" ||
        fail "$2: status $?, threads $4, batch $5"
}

# What the books say, without what names the run.
write_books() {
    sqlite3 "$1/books.db" >"$1/books" "
        SELECT 'flow', s.name, f.lang, sum(f.documents_in),
            sum(f.documents_out), sum(f.bytes_in), sum(f.bytes_out)
            FROM flow f JOIN stage s USING(run, position) GROUP BY 2, 3
            ORDER BY 2, 3;
        SELECT 'dropped', s.name, d.lang, d.reason, sum(d.documents),
            sum(d.bytes) FROM dropped d JOIN stage s USING(run, position)
            GROUP BY 2, 3, 4 ORDER BY 2, 3, 4;
        SELECT 'note', s.name, n.lang, n.name, sum(n.value)
            FROM note n JOIN stage s USING(run, position) GROUP BY 2, 3, 4
            ORDER BY 2, 3, 4;"
    "$MLIN_TEST" audit "$1/books.db" >"$1/audit"
    rm "$1/books.db"
}

# Did each stage named drop something?
check_acted() {
    for stage in $2; do
        grep -q "^dropped|$stage|" "$1/books" ||
            fail "$3: $stage dropped nothing, so nothing was tested"
    done
}

# pipeline, stages that must drop, files that must not be empty
compare() {
    piped "$1" "$work/piped"
    write_books "$work/piped"
    rm "$work/piped/audit" # of several runs; the sums are in books
    check_acted "$work/piped" "$2" "$1"
    for file in $3; do
        [ -s "$work/piped/$file" ] || fail "$1: $file is empty"
    done
    for threads in 1 2 7; do
        for batch in 1 3 1000 2M; do
            fused "$MLIN_TEST" "$1" "$work/fused" $threads $batch
            write_books "$work/fused"
            [ -e "$work/piped/audit" ] || cp "$work/fused/audit" "$work/piped/"
            diff -r "$work/piped" "$work/fused" >"$work/diff" || {
                head -c 2000 "$work/diff"
                fail "$1: threads $threads, batch $batch"
            }
        done
    done
    echo "same: $1"
}

# Without gates both the order and the choice of the first copy must differ.
refuse_mutant() {
    piped "$1" "$work/piped"
    fused "$MLIN_MUTANT" "$1" "$work/fused" 7 1
    ! cmp -s "$work/piped/out" "$work/fused/out" ||
        fail "$1: the run without gates was not noticed"
    for run in piped fused; do
        sort "$work/$run/out" >"$work/$run.sorted"
    done
    ! cmp -s "$work/piped.sorted" "$work/fused.sorted" ||
        fail "$1: the fold without a gate was not noticed"
    echo "mutant caught: $1"
}

python3 tests/data/mixed.py --broken --count 400 >"$data/mixed.jsonl"
python3 tests/data/mixed.py --seed 2 --count 60 | gzip -c >"$data/a.jsonl.gz"
python3 tests/data/mixed.py --seed 3 --count 60 | zstd -qc >"$data/b.jsonl.zst"
awk -F '\t' '/^#/ { next } { print $2; if (NR % 5 == 0) print "" }
    NR % 7 == 0 { print "\r\n\r" }' tests/data/sentences.tsv >"$data/text.txt"
cat "$data/text.txt" >>"$data/text.txt.2" && cat "$data/text.txt.2" \
    >>"$data/text.txt"

compare 'read | jitter | dedup' 'read dedup' 'out rejects.1 rejects.3'
compare 'read | jitter | dedup --spans --span-words 16' 'read dedup' \
    'out rejects.1 rejects.3'
# A stage that needs no text lets pass what the next one must refuse.
compare 'jitter | dedup' 'jitter dedup' 'out rejects.1 rejects.2'
compare 'read | jitter | normalize | jitter | quality --rules fineweb2
    | jitter | dedup' 'read normalize quality dedup' 'out rejects.5 rejects.7'
compare "read $data/a.jsonl.gz $data/b.jsonl.zst $data/a.jsonl.gz | jitter
    | dedup | normalize --annotate | quality --annotate" 'dedup' 'out rejects.3'
compare 'read | sample --rate 2.3 | jitter | normalize | jitter | dedup' \
    'read dedup' 'out rejects.1 rejects.6'
compare "read --unit block $data/text.txt $data/text.txt | jitter | dedup" \
    dedup out
compare 'read | normalize | jitter | dedup | count -o @/words.cnt' \
    'read normalize dedup' words.cnt

if "$MLIN_TEST" langid </dev/null 2>/dev/null; then
    compare 'read | langid --min-score 0.95 | normalize | jitter | quality
        | dedup' 'read langid normalize quality dedup' out
else
    skipped="langid: no model"
fi

if "$MLIN_TEST" train --help >/dev/null 2>&1; then
    "$MLIN_TEST" train --vocab-size 600 -o "$work/tok.json" \
        "$data/a.jsonl.gz" 2>"$work/train.err" ||
        fail "train: $(cat "$work/train.err")"
    compare "read | jitter | dedup | encode --tokenizer $work/tok.json
        --format megatron,datatrove --out @/shards" 'read dedup' \
        'shards/tokens.bin'
    compare "read | jitter | dedup | encode --tokenizer $work/tok.json
        --format ids --out @/ids" 'read dedup' ids
else
    skipped="$skipped; encode: no train"
fi

refuse_mutant 'read | jitter | dedup'
refuse_mutant 'read | jitter | dedup --spans --span-words 16 --min-left 0'
refuse_mutant 'read | jitter | normalize | jitter | dedup'

[ -z "$skipped" ] || { echo "in part: ${skipped#; }"; exit 77; }
