#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demo: real documentation in many languages, or corpora/tiny where Debian's
# archive cannot be reached; then the pipeline file, then its composition table.
# Safe to interrupt and run again: what was fetched is kept, the rest is redone.
set -eu

mlin=$1
work=build/demo
mkdir -p "$work"
start=$(date +%s)

status=0
corpora/fetch.sh "$work" || status=$?
case $status in
0) pipeline=corpora/demo.mill ;;
3) echo "demo: no Debian archive here, so this runs on corpora/tiny (short texts" \
        "of our own)" >&2
   pipeline=corpora/tiny.mill ;;
*) exit "$status" ;;
esac

rm -rf "$work/ledger.db" "$work/shards"
"$mlin" run --ledger "$work/ledger.db" "$pipeline"
echo "demo: $pipeline, fetching included, took $(($(date +%s) - start)) s; shards in $work/shards," \
     "the vocabulary in $work/eu-32k.json, the books in $work/ledger.db"
