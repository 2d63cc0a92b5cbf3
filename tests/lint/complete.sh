#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every tool has a golden case, a line in README and in docs; every fuzz target a
# corpus; every module of the machinery a test program; every golden case what
# it must say.  (Pages of the manual: manual.sh.)
set -u
wrong=0

say() {
    echo "$1:1: $2"
    wrong=1
}

[ -x "$BUILD/mlin" ] || { echo "$BUILD/mlin is not built"; exit 1; }
tools=$("$BUILD/mlin" help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
[ "$(echo "$tools" | wc -l)" -ge 10 ] || say src/main.c "mlin help lists no tools"
for tool in $tools; do
    ls "tests/golden/$tool/"*.cmd >/dev/null 2>&1 ||
        say "tests/golden/$tool" "mlin $tool has no golden case"
    case $tool in help|version) continue ;; esac
    grep -q "mlin $tool\|\`$tool\`" README.md ||
        say README.md "does not name $tool"
done
for folder in tests/golden/*/; do
    name=$(basename "$folder")
    echo tool $tools | tr ' ' '\n' | grep -qx "$name" ||
        say "$folder" "there is no tool $name"
done
for file in tests/golden/*/*.out tests/golden/*/*.err tests/golden/*/*.status; do
    [ -f "${file%.*}.cmd" ] || say "$file" "has no .cmd"
done
for file in tests/golden/*/*.cmd; do
    [ -f "${file%.cmd}.out" ] || grep -q 'exit 77' "$file" ||
        say "$file" "has no .out; tests/run --accept"
done
for file in tests/fuzz/*.c; do
    name=$(basename "$file" .c)
    [ "$name" = regression ] || [ -n "$(ls "tests/fuzz/corpus/$name" 2>/dev/null)" ] ||
        say "$file" "has no corpus in tests/fuzz/corpus/$name"
done
for file in src/*.h; do
    name=$(basename "$file" .h)
    case $name in
    # Run by every golden case; worker by unit/pipeline.c, the parts of dialect
    # by unit/dialect.c.
    slice|fail|stage|run|tool|progress|json_string|worker) continue ;;
    dialect_text|dialect_table|dialect_set|dialect_class|dialect_group) continue ;;
    esac
    [ -f "tests/unit/$name.c" ] || [ -f "tests/property/$name.c" ] ||
        say "$file" "has no tests/unit/$name.c"
done
exit $wrong
