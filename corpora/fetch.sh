#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Fetches the demo corpus: documentation translated into European languages,
# from the packages of the Debian or Ubuntu that this machine runs.
#
#     corpora/fetch.sh DIR
#
#     DIR/packages/*.deb          about 100 MB, downloaded, never installed
#     DIR/text/FAMILY-LANG.jsonl.gz    about 55 MB of text
#     DIR/summary.tsv             documents and bytes of each file
#
# Needs apt-get, apt-cache, dpkg-deb and python3; no root. What to fetch is in
# SOURCES.tsv; a package that this release does not have is reported and
# skipped, and so is one whose `unless` package is to be had.
#
# A file has its final name only when it is whole (apt checks each hash), so
# it may be killed and run again; a second run downloads nothing and extracts
# nothing. Status: 0 done (perhaps with less, and it says so), 1 SOURCES.tsv
# contradicts itself, 2 wrong usage, 3 no corpus to be had here (no apt, no
# network): use corpora/tiny.

set -u
LC_ALL=C
export LC_ALL

say() { echo "fetch: $*" >&2; }
give_up() { say "$*; no demo corpus (corpora/tiny needs no network)"; exit 3; }

[ $# -eq 1 ] && [ -n "$1" ] || { echo "usage: $0 DIR" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd) || exit 3
sources=$here/SOURCES.tsv

for tool in apt-get apt-cache dpkg-deb python3; do
    command -v "$tool" >/dev/null 2>&1 || give_up "$tool is not here"
done
mkdir -p "$1/packages/.part" "$1/text" 2>/dev/null ||
    give_up "cannot write to $1"
dir=$(cd "$1" && pwd) || exit 3
packages=$dir/packages
part=$packages/.part
complete=$packages/.complete    # SOURCES.tsv's checksum; then the packages
trap 'rm -rf "$part"; exit 130' INT TERM HUP

# As root apt would try, and fail, to download as another user.
set -- -qq -o APT::Sandbox::User=root -o Acquire::Retries=2 \
    -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20

have() {
    for deb in "$packages/$1"_*.deb; do
        [ -e "$deb" ] && return 0
    done
    return 1
}

# Names in SOURCES.tsv that apt can download now, one a line.
names_available() {
    # shellcheck disable=SC2046 # one word a package
    apt-cache policy $(cut -f1 "$sources" | sed 1d) 2>/dev/null | awk '
        /^[^ ]/ { name = $1; sub(/:$/, "", name) }
        $1 == "Candidate:" && $2 != "(none)" { print name }'
}

# Of the names in list $1: those to fetch, by SOURCES.tsv.
names_wanted() {
    awk -F '\t' 'NR == FNR { here[$1] = 1; next }
        FNR > 1 && ($1 in here) && !($5 != "" && ($5 in here)) { print $1 }
        ' "$1" "$sources"
}

# Moves what apt finished to its final name. apt writes straight to the name
# that it will have, so the size in its lists says whether a file is whole.
finished_keep() {
    for deb in "$part"/*.deb; do
        [ -e "$deb" ] || continue
        name=$(basename "$deb")
        name=${name%%_*}
        size=$(apt-cache show --no-all-versions "$name" 2>/dev/null |
            awk '$1 == "Size:" { print $2; exit }')
        if [ "$(wc -c <"$deb")" = "${size:-none}" ]; then
            mv "$deb" "$packages/"
        else
            say "$name came incomplete"
            rm -f "$deb"
        fi
    done
}

fetch_all() {
    list=$part/available
    names_available >"$list"
    if [ ! -s "$list" ]; then
        say "apt knows none of the packages: apt-get update"
        if [ "$(id -u)" -eq 0 ]; then
            apt-get "$@" update >"$part/log" 2>&1
        elif command -v sudo >/dev/null 2>&1; then
            sudo -n apt-get "$@" update >"$part/log" 2>&1
        fi
        names_available >"$list"
    fi
    names_wanted "$list" >"$part/wanted"
    missing=
    for name in $(cat "$part/wanted"); do
        have "$name" || missing="$missing $name"
    done
    if [ -n "$missing" ]; then
        # shellcheck disable=SC2086 # one word a package
        set -- "$@" download $missing
        say "downloading $(echo "$missing" | wc -w) packages"
        (cd "$part" && apt-get "$@") >"$part/log" 2>&1
        finished_keep
    fi
    failed=
    for name in $(cat "$part/wanted"); do
        have "$name" || failed="$failed $name"
    done
    absent=$(cut -f1 "$sources" | sed 1d | sort >"$part/all"
        sort "$list" | comm -23 "$part/all" - | tr '\n' ' ')
    if ! ls "$packages"/*.deb >/dev/null 2>&1; then
        reason=$(grep -m 1 '^E:' "$part/log" 2>/dev/null)
        rm -rf "$part"
        give_up "nothing could be downloaded ${reason:+($reason)}"
    fi
    [ -z "$absent" ] || say "not in this release: $absent"
    if [ -n "$failed" ]; then
        grep '^E:' "$part/log" | head -n 3 >&2
        say "not downloaded, done without:$failed"
    elif [ -s "$part/wanted" ]; then
        { cksum <"$sources"; cat "$part/wanted"; } >"$part/complete" &&
            mv "$part/complete" "$complete"
    fi
}

is_complete() {
    [ "$(head -n 1 "$complete" 2>/dev/null)" = "$(cksum <"$sources")" ] ||
        return 1
    for name in $(sed 1d "$complete"); do
        have "$name" || return 1
    done
}

is_complete || fetch_all "$@"
rm -rf "$part"
say "$(ls "$packages"/*.deb | wc -l) packages, $(cat "$packages"/*.deb |
    wc -c | awk '{ printf "%.1f MB", $1 / 1e6 }')"

python3 "$here/extract.py" "$sources" "$packages" "$dir/text"
