#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The arrows between files point downwards only: every #include "..." of the
# program's folders is held against layers.txt.  What is not listed is wrong, so
# a new module is placed by whoever adds it.
set -u

# shellcheck disable=SC2046,SC2086
grep -n '^#include "' $(find $FOLDERS -name '*.[ch]') |
awk -F: '
    function module(path) {
        sub(/\.[a-z]*$/, "", path)
        return path
    }
    function find(name,    folder) {
        if (name in place) return name
        folder = name
        sub(/\/.*/, "/*", folder)
        return folder in place ? folder : ""
    }
    FILENAME == ARGV[1] {
        if ($0 ~ /^#/ || NF == 0) next
        layer++
        walled[layer] = $0 ~ /\|/
        n = split($0, words, /[ |]+/)
        for (i = 1; i <= n; i++) {
            m = split(words[i], parts, /\+/)
            for (j = 1; j <= m; j++) {
                place[parts[j]] = layer
                across[parts[j]] = i
            }
        }
        next
    }
    {
        from = find(module($1))
        split($3, quoted, "\"")
        to = find(module(quoted[2]))
        if (quoted[2] !~ /\//)
            print $1 ":" $2 ": includes are from the root: " quoted[2]
        else if (from == "" || to == "")
            print $1 ":" $2 ": not in layers.txt: " (from ? quoted[2] : $1)
        else if (from == to || (place[from] == place[to] && \
                 across[from] == across[to]))
            ok++
        else if (place[from] < place[to] || (place[from] == place[to] && \
                 (walled[place[from]] || across[from] < across[to])))
            print $1 ":" $2 ": " from " stands below " to " in layers.txt"
        else
            ok++
    }
    END { if (ok < 100) print "layers.sh: only " ok " includes were checked" }
' tests/lint/layers.txt - | grep . && exit 1
exit 0
