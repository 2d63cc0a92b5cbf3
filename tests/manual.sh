#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The examples of the manual are tests: run each, compare what it prints.
#
#     tests/manual.sh [MLIN]             check all pages of docs/man
#     tests/manual.sh --accept [MLIN]    write what was printed into the pages
#
# Under EXAMPLES, a page's literal blocks hold lines "$ command" (a backslash at
# the end goes on in the next line), each followed by what it prints to stdout
# and stderr; "..." as the last line of that stands for anything more.  A page's
# examples run one after the other in one empty folder, with mlin first on PATH,
# and each must end with status 0.  PAGES is another folder of pages.
set -u
export LC_ALL=C

accept=no
[ "${1-}" = --accept ] && { accept=yes; shift; }
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
mlin=${1:-${MLIN:-$root/build/mlin}}
[ -x "$mlin" ] || { echo "$mlin is not built; run make" >&2; exit 1; }
mlin=$(cd "$(dirname "$mlin")" && pwd)/$(basename "$mlin")

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/bin"
ln -s "$mlin" "$work/bin/mlin"
PATH=$work/bin:$PATH
passed=0 failed=0

# Write example N of a page to DIR/N.cmd, N.want and N.line, or, in join mode,
# print the page with DIR/N.out in the place of what it said.
cat >"$work/pages.awk" <<'AWK'
function plain(line)
{
    gsub(/\\&/, "", line)
    gsub(/\\e/, "\\", line)
    return line
}
function escaped(line)
{
    gsub(/\\/, "\\e", line)
    return line ~ /^[.']/ ? "\\&" line : line
}
# In join mode, what example n printed; as far as the page told it.
function print_seen(    line, told)
{
    while (n > 0 && !done[n] && (getline line < (dir "/" n ".out")) > 0)
        if (!more[n] || told++ < lines[n])
            print escaped(line)
    if (n > 0 && !done[n] && more[n])
        print "\\&..."
    done[n] = 1
}
function put(end, text)
{
    if (mode == "split")
        print text > (dir "/" n "." end)
}
/^\.Sh / { inside = $2 == "EXAMPLES" }
inside && /^\.Bd -literal/ {
    if (mode == "join") print
    block = first = 1
    goes_on = 0
    next
}
block && /^\.Ed/ { block = 0; if (mode == "join") print_seen() }
!block { if (mode == "join") print; next }
goes_on || /^\$ / {
    line = plain($0)
    if (!goes_on) {
        if (mode == "join") print_seen()
        n++
        put("line", FNR)
        line = substr(line, 3)
    }
    first = 0
    goes_on = line ~ /\\$/
    put("cmd", line)
    if (mode == "join") print
    next
}
first {
    print FILENAME ":" FNR ": an example begins without \"$ command\""
    bad = 1
    exit
}
mode == "split" { put("want", plain($0)) }
END { exit bad }
AWK

# For join mode: which examples end in "...", and after how many lines.
told() {
    for want in "$1"/*.want; do
        [ -f "$want" ] || continue
        n=$(basename "$want" .want)
        [ "$(tail -n 1 "$want")" = ... ] || continue
        echo "more[$n] = 1; lines[$n] = $(($(wc -l <"$want") - 1))"
    done
}

run_example() {
    page=$1 n=$2
    (cd "$page.dir" && timeout 120 sh "../${page##*/}.cases/$n.cmd") \
        >"$page.cases/$n.out" 2>&1 </dev/null
    status=$?
    : >>"$page.cases/$n.want"
    cp "$page.cases/$n.want" "$work/want"
    cp "$page.cases/$n.out" "$work/seen"
    if [ "$(tail -n 1 "$work/want")" = ... ]; then
        sed '$d' "$page.cases/$n.want" >"$work/want"
        head -n "$(wc -l <"$work/want")" "$page.cases/$n.out" >"$work/seen"
    fi
    if [ $status -eq 0 ] && cmp -s "$work/want" "$work/seen"; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    [ $status -eq 0 ] || cp "$page.cases/$n.want" "$page.cases/$n.out"
    echo "FAIL ${page##*/}:$(cat "$page.cases/$n.line") (status $status)"
    sed 's/^/  $ /' "$page.cases/$n.cmd"
    diff -u --label page --label seen "$work/want" "$work/seen"
}

run_page() {
    page=$work/$(basename "$1")
    mkdir "$page.dir" "$page.cases"
    if ! awk -v mode=split -v dir="$page.cases" -f "$work/pages.awk" "$1"; then
        failed=$((failed + 1))
        return
    fi
    n=1
    while [ -f "$page.cases/$n.cmd" ]; do
        run_example "$page" "$n"
        n=$((n + 1))
    done
    [ $accept = yes ] || return 0
    { echo "BEGIN {"; told "$page.cases"; echo "}"
      cat "$work/pages.awk"; } >"$work/join.awk"
    awk -v mode=join -v dir="$page.cases" -f "$work/join.awk" "$1" \
        >"$work/page" && cat "$work/page" >"$1"
}

for page in "${PAGES:-$root/docs/man}"/*.1; do
    [ -f "$page" ] && run_page "$page"
done
[ $accept = yes ] && echo "accepted what differed: see git diff docs/man"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
