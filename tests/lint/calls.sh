#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Calls that overrun, that cannot report a mistake, or that make the output
# depend on the place, the time or chance.
set -u
wrong=0

report() { # pattern, why, files...
    pattern=$1 why=$2
    shift 2
    # Comments and strings may speak of them.
    for file in "$@"; do
        sed -e 's/"\([^"\\]\|\\.\)*"/""/g' -e 's|/\*.*||' -e 's/^ \*.*//' "$file" |
            grep -nE "(^|[^A-Za-z0-9_.>])($pattern) *\(" |
            sed "s|^\([0-9]*\):|$file:\1: $why: |"
    done | grep . && wrong=1
}

# shellcheck disable=SC2086
set -- $(find $FOLDERS tests -name '*.[ch]')
report 'strcpy|strcat|sprintf|vsprintf|gets' 'writes past the end' "$@"
report 'atoi|atol|atoll|atof' 'cannot say what is wrong' "$@"
report 'strtok|asctime|ctime|gmtime|localtime|strsignal' \
    'is not safe with threads' "$@"
report 'rand|srand|random|drand48|setlocale' 'depends on chance or the place' "$@"
# shellcheck disable=SC2086
set -- $(find $FOLDERS -name '*.[ch]')
report 'system|popen' 'runs a shell' "$@"
# compress.c tells its caller of it, since a reader returns faults.
report 'malloc|calloc|realloc|strdup' 'can return NULL, xmalloc does not' \
    $(printf '%s\n' "$@" | grep -v -e '^src/fail\.c$' -e '^src/compress\.c$')
report 'time|clock|clock_gettime|gettimeofday|getpid|getrandom' \
    'no clock may reach an output' \
    $(printf '%s\n' "$@" | grep -v '^src/progress\.c$')
report 'assert' 'use bug()' "$@"
exit $wrong
