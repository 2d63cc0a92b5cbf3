#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One door per library: a header from outside is included by the files that
# doors.txt names; a header that is neither listed there nor of C and POSIX is a
# new dependency, which is placed there by whoever adds it.  The program imports
# no function that could open a network connection.
set -u
wrong=0

standard='assert ctype errno float inttypes limits locale math signal stdarg
    stdbool stddef stdint stdio stdlib stdnoreturn string strings time dirent
    fcntl glob poll sched unistd wchar sys/stat sys/types sys/wait sys/resource
    immintrin arm_neon endian'

# shellcheck disable=SC2046,SC2086
grep -n '^ *# *include <' $(find $FOLDERS -name '*.[ch]') >/tmp/doors.$$
trap 'rm -f /tmp/doors.$$' EXIT
while IFS=: read -r file line text; do
    header=${text#*<} header=${header%%>*}
    case " $(echo $standard) " in *" ${header%.h} "*) continue ;; esac
    allowed=
    while IFS='	' read -r pattern files; do
        # shellcheck disable=SC2254
        case $header in $pattern) allowed=$files ;; esac
    done <tests/lint/doors.txt
    case " $allowed " in
    *" $file "*) ;;
    *) echo "$file:$line: <$header> belongs to: ${allowed:-nobody (doors.txt)}"
       wrong=1 ;;
    esac
done </tmp/doors.$$

[ -x "$BUILD/mlin" ] || { echo "$BUILD/mlin is not built"; exit 1; }
nm -D --undefined-only "$BUILD/mlin" | sed 's/.* //; s/@.*//' >/tmp/doors.$$
grep -qx malloc /tmp/doors.$$ || { echo "nm shows no imports"; exit 1; }
grep -xE 'socket|socketpair|connect|bind|listen|accept4?|sendto|sendmsg|recvfrom|recvmsg|getaddrinfo|gethostbyname.*|res_.*|curl_.*|SSL_.*' \
    /tmp/doors.$$ | sed "s|.*|$BUILD/mlin:1: imports &: no stage goes online|" |
    grep . && wrong=1
exit $wrong
