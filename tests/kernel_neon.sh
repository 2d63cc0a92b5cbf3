#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The NEON kernel of language identification gives the sums of the portable one:
# built for aarch64 and run under emulation.
set -eu

work=${T:-$(mktemp -d)}
cc=aarch64-linux-gnu-gcc
qemu=$(command -v qemu-aarch64-static || command -v qemu-aarch64) || {
    echo "skipped: no qemu-aarch64 (Debian: qemu-user-static)"
    exit 77
}
command -v $cc >/dev/null || {
    echo "skipped: no $cc (Debian: gcc-aarch64-linux-gnu)"
    exit 77
}
$cc -std=c11 -O2 -Wall -Wextra -Wconversion -Werror -static -I. \
    -o "$work/kernel" tests/cross/kernel.c langid/kernel.c \
    langid/kernel_neon.c langid/kernel_x86.c
"$qemu" "$work/kernel"
