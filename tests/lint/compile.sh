#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every .c file compiles without a warning under gcc and clang, and every header
# compiles alone.
set -u

# All files at once per compiler: it reports each with its own name.
check() { # compiler, flags, files...
    compiler=$1 flags=$2
    shift 2
    # shellcheck disable=SC2086
    printf '%s\n' "$@" | xargs -P 2 -n 12 "$compiler" $LINT_FLAGS $flags \
        -Werror -fsyntax-only 2>&1
}

set -- $(find $FOLDERS tests -name '*.c')
wrong=0 compilers=0
headers=$(find $FOLDERS tests -name '*.h')
for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    compilers=$((compilers + 1))
    check $compiler '' "$@" || wrong=1
    # A header alone may leave a function static inline unused.
    # shellcheck disable=SC2086
    check $compiler '-x c -Wno-unused-function -Wno-pragma-once-outside-header
        -Wno-unused-variable' $headers || wrong=1
done
[ $wrong -eq 0 ] || exit 1
[ $compilers -eq 2 ] || { echo "gcc and clang are not both installed"; exit 77; }
