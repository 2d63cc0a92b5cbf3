#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A file has at most 500 lines, a function 60, a line 80 characters; sizes.txt
# lists what may be longer, and why.
set -u
command -v python3 >/dev/null || { echo "no python3"; exit 77; }
# shellcheck disable=SC2046,SC2086
python3 - $(find $FOLDERS tests -name '*.[ch]') <<'END'
import sys

allowed = set()
with open("tests/lint/sizes.txt", encoding="utf-8") as table:
    for line in table:
        if not line.startswith("#"):
            path, kind, why = line.rstrip("\n").split("\t")
            assert why, path
            allowed.add((path, kind))
used, wrong = set(), 0


def report(path, number, kind, text):
    global wrong
    if (path, kind) in allowed:
        used.add((path, kind))
    else:
        print(f"{path}:{number}: {text}")
        wrong += 1


for path in sorted(sys.argv[1:]):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")[:-1]
    start = None
    for number, line in enumerate(lines, 1):
        if len(line) > 80:
            report(path, number, "width", f"{len(line)} characters")
        if "\t" in line or line.endswith(" "):
            report(path, number, "width", "a tab, or blanks at the end")
        if line == "{":
            start = number
        elif line.startswith("}") and start:
            if number - start + 1 > 60:
                report(path, start, "function",
                       f"a function of {number - start + 1} lines")
            start = None
    if len(lines) > 500:
        report(path, 501, "lines", f"{len(lines)} lines")
for path, kind in sorted(allowed - used):
    print(f"tests/lint/sizes.txt:1: {path} needs no exception for {kind}")
    wrong += 1
sys.exit(wrong > 0 or len(sys.argv) < 50)
END
