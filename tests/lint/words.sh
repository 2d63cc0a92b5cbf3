#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Nothing unfinished is left, and nothing names the machine it was made on.
set -u
wrong=0

# The pattern is parted so that this file does not hold it.
git ls-files --cached --others --exclude-standard 2>/dev/null | grep . \
    >/tmp/words.$$ ||
    find . -type f -not -path './build/*' | sed 's|^\./||' >/tmp/words.$$
trap 'rm -f /tmp/words.$$' EXIT
while read -r file; do
    [ -f "$file" ] || continue
    grep -nI -e "TO""DO" -e "FIX""ME" -e "X""XX:" "$file" |
        sed "s|^\([0-9]*\):.*|$file:\1: something unfinished|" | grep . &&
        wrong=1
    grep -nIE "/(work|home|root|Users)/[a-z]" "$file" |
        grep -v 'tests/lint/' |
        sed "s|^\([0-9]*\):.*|$file:\1: a path of one machine|" | grep . &&
        wrong=1
done </tmp/words.$$
exit $wrong
