#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every tool has a page, and pages say what --help says: the tool's line, its
# options in their order with the names of their values, and their defaults.
# What is wrong is printed as file:line: rule.
#
# MLIN is the program (default $BUILD/mlin); PAGES the folder of the pages.
set -u
export LC_ALL=C

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
cd "$root" || exit 1
MLIN=${MLIN:-${BUILD:-build}/mlin}
pages=${PAGES:-docs/man}
[ -x "$MLIN" ] || { echo "$MLIN is not built; run make"; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

wrong() {
    echo "$1"
    echo "$1" >>"$work/wrong"
}

# "--name VALUE<tab>default" for each line of a section of --help.
help_options() {
    sed -n "/^$2\$/,/^[^ ]/p" "$1" | sed -n 's/^  \(-.*\)/\1/p' |
    awk '{
        form = $0; sub(/   .*/, "", form)
        given = ""
        if (match($0, /\(default: [^)]*\)$/))
            given = substr($0, RSTART + 10, RLENGTH - 11)
        print form "\t" given
    }'
}

# The same of a page's outer list under OPTIONS, with line numbers and the text.
page_options() {
    awk -v quote="'" '
        /^\.Sh / { inside = $2 == "OPTIONS"; next }
        !inside { next }
        /^\.Bl / { depth++ }
        /^\.El/ { depth-- }
        depth == 1 && /^\.It Fl / {
            form = $0
            sub(/^\.It /, "", form)
            gsub(/Fl -/, "--", form)
            gsub(/Fl /, "-", form)
            gsub(/ , /, ", ", form)
            gsub(/Ar /, "", form)
            if (n++) print ""
            printf "%d\t%s\t", NR, form
            next
        }
        depth > 0 && n {
            line = $0
            sub(/^\.[A-Z][a-z] /, "", line)
            printf "%s ", line
        }
        END { if (n) print "" }
    ' "$1"
}

# Hold one section of a tool's --help against a page.
compare() {
    page=$1
    help_options "$2" "$3" >"$work/want"
    page_options "$page" >"$work/has"
    cut -f 1 "$work/want" >"$work/want.forms"
    cut -f 2 "$work/has" >"$work/has.forms"
    if ! cmp -s "$work/want.forms" "$work/has.forms"; then
        at=$(sed -n '/^\.Sh OPTIONS/=' "$page" | head -n 1)
        wrong "$page:${at:-1}: options differ from --help (< help, > page):"
        diff "$work/want.forms" "$work/has.forms"
        return
    fi
    number=0
    cut -f 2 "$work/want" | while read -r preset; do
        number=$((number + 1))
        case $preset in ''|all\ that*) continue ;; esac
        sed -n "${number}p" "$work/has" >"$work/item"
        tr -s ' ,;.:()\t' '\n' <"$work/item" >"$work/words"
        printf '%s\n' "$preset" | tr -s ' ,;.:()\t' '\n' | while read -r word; do
            grep -qxF -e "$word" "$work/words" || echo "$word"
        done | grep -q . &&
            wrong "$page:$(cut -f 1 "$work/item"): the default $preset is not told"
    done
}

check_tool() {
    tool=$1 page=$pages/mlin-$1.1
    if [ ! -f "$page" ]; then
        wrong "$page:1: there is no page for mlin $tool"
        return
    fi
    "$MLIN" "$tool" --help >"$work/help"
    summary=$(sed -n "1s/^mlin $tool - //p" "$work/help")
    [ "$(sed -n 's/^\.Nd //p' "$page")" = "$summary" ] ||
        wrong "$page:1: .Nd is not the summary of --help: $summary"
    grep -qxF "$summary" "$pages/mlin.1" ||
        wrong "$pages/mlin.1:1: mlin $tool is not listed with: $summary"
    compare "$page" "$work/help" Options
    checked=$((checked + 1))
}

checked=0
tools=$("$MLIN" help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
for tool in $tools; do
    check_tool "$tool"
done
"$MLIN" dedup --help >"$work/help"
compare "$pages/mlin.1" "$work/help" 'Options of every stage'
[ -s "$work/want" ] || wrong "tests/lint/manual.sh:1: --help shows no options"

# Pages that have no tool, and references to pages that are not there.
for page in "$pages"/mlin-*.1; do
    tool=${page##*/mlin-} tool=${tool%.1}
    echo " $(echo $tools) " | grep -qF " $tool " ||
        wrong "$page:1: there is no tool called $tool"
done
grep -n '^\.Xr mlin' "$pages"/*.1 | while read -r place name rest; do
    [ -f "$pages/$name.1" ] || wrong "${place%:*}: no page $name"
done

# Exact reasons, each in the page of the tool that gives it.
grep -rno 'record_drop([^"]*, "[^"]*")' corpora langid filters tokenizer |
sed 's/:.*"\(.*\)")$/\t\1/' >"$work/reasons"
sed -n '/ reasons\[SIGNAL_COUNT\]/,/^};/p' filters/rules.c | grep -v PLAIN |
grep -o '"[a-z0-9 -]*"' | sed 's|^"\(.*\)"|filters/quality.c\t\1|' \
    >>"$work/reasons"
while IFS='	' read -r file reason; do
    page=$pages/mlin-$(basename "$file" .c).1
    sed -n '/^\.Sh DROP REASONS/,/^\.Sh EXIT/p' "$page" 2>/dev/null |
        grep -qxF ".It Li $reason" ||
        wrong "$page:1: the drop reason '$reason' of $file is not told"
done <"$work/reasons"
[ "$(wc -l <"$work/reasons")" -ge 30 ] ||
    wrong "tests/lint/manual.sh:1: the drop reasons were not found in the code"

# mandoc knows no manual path to look our own pages up in: that is done above.
if command -v mandoc >/dev/null; then
    mandoc -T lint "$pages"/*.1 2>&1 |
        grep -v 'referenced manual not found: Xr mlin' |
        sed 's/^mandoc: //' >"$work/mandoc"
    while read -r line; do
        wrong "$line"
    done <"$work/mandoc"
fi

[ ! -s "$work/wrong" ] && [ "$checked" -gt 0 ] || exit 1
command -v mandoc >/dev/null || {
    echo "mandoc is not installed; $checked pages agree with --help, their form"\
        "was not checked"
    exit 77
}
echo "manual: $checked pages agree with --help"
