#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every source names its licence in its first lines, and says what it is for;
# every header has its guard.
set -u
wrong=0

say() {
    echo "$1:1: $2"
    wrong=1
}

# shellcheck disable=SC2086
for file in $(find $FOLDERS tests docs/man .ci -type f \( -name '*.[ch]' \
        -o -name '*.sh' -o -name '*.py' -o -name '*.mk' -o -name run \
        -o -name '*.1' \)) Makefile; do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0$' ||
        head -n 3 "$file" |
        grep -q 'SPDX-License-Identifier: Apache-2.0 \*/$' ||
        say "$file" "no SPDX line at the top"
    case $file in
    *.c|*.h) sed -n 2p "$file" | grep -q '^/\*' ||
        say "$file" "does not begin with what it is for" ;;
    esac
    case $file in
    *.h)
        long=MLIN_$(echo "${file%.h}" | tr a-z/ A-Z_)_H
        short=MLIN_$(basename "${file%.h}" | tr a-z A-Z)_H
        for guard in "$long" "$short"; do
            grep -qx "#ifndef $guard" "$file" &&
                grep -qx "#define $guard" "$file" && continue 2
        done
        say "$file" "its guard is neither $long nor $short" ;;
    esac
done
exit $wrong
