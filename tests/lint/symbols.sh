#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A global symbol begins with its file's name, or with the first words of it
# (json_escape in src/json_string.c), or with its folder's (langid_eval_command
# in langid/eval.c), or with a noun that symbols.txt lists for the file.
set -u

objects=$BUILD/obj
[ -d "$objects/src" ] || { echo "$objects is not there; run make"; exit 1; }
# Only what has a source: objects of removed files may lie about.
# shellcheck disable=SC2086
for source in $(find $FOLDERS -name '*.c'); do
    object=$objects/${source%.c}.o
    [ -f "$object" ] || { echo "$source:1: is not built"; continue; }
    nm -g --defined-only "$object" |
        awk -v file="${source%.c}" 'NF == 3 { print file "\t" $3 }'
done | awk -F '\t' '
    function begins(symbol, noun) {
        return symbol == noun || index(symbol, noun "_") == 1 ||
            (noun ~ /^hash$/ && symbol ~ /^hash[0-9]/)
    }
    FILENAME == ARGV[1] {
        if ($0 !~ /^#/) nouns[$1] = $2
        next
    }
    NF == 1 { print; next }
    {
        n = split($1, path, "/")
        name = path[n]
        good = begins($2, path[1])
        while (name != "") {
            if (begins($2, name)) good = 1
            if (name !~ /_/) break
            sub(/_[^_]*$/, "", name)
        }
        m = split(nouns[$1], others, " ")
        for (i = 1; i <= m; i++)
            if (begins($2, others[i])) good = 1
        if (good) seen++
        else if ($2 != "main" && $2 !~ /^__/)
            print $1 ".c:1: " $2 " does not begin with the name of its file"
    }
    END { if (seen < 100) print "symbols.sh: only " seen + 0 " symbols were seen" }
' tests/lint/symbols.txt - | grep . && exit 1
exit 0
