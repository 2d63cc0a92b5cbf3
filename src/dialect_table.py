#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""dialect_table.py - writes src/dialect_table.c from the Unicode Character
Database, as packages of PyPI hold it, each version in a folder of its own:

    for v in 15.0 15.1 16 17 18; do
        pip install --target build/ucd/$v "unicodedata2==$v.*"
    done
    pip install --target build/ucd/names unicodedataplus==16.0.0.post1 \\
        regex==2024.11.6
    python3.11 src/dialect_table.py build/ucd > src/dialect_table.c

Python 3.11 itself has Unicode 14.0.  regex 2024.11.6 and unicodedataplus 16
have Unicode 16.0: what is alphabetic, and the scripts.
"""
import os
import subprocess
import sys
import unicodedata

END = 0x110000
OURS = 1600
LOOK = """
import unicodedata2 as ucd
print(ucd.unidata_version, *(ucd.category(chr(cp)) for cp in range(0x110000)))
"""
NAMES = """
import regex, unicodedataplus as ucd
assert ucd.unidata_version == "16.0.0"
aliases = ucd.property_value_aliases["script"]
for cp in range(0x110000):
    script = ucd.script(chr(cp))
    is_in = (bool(regex.match(r"[[:%s:]]" % name, chr(cp)))
             for name in ("alpha", "upper", "lower"))
    print(script, aliases[script][0], *map(int, is_in))
"""


def number(version):
    major, minor = version.split(".")[:2]
    return 100 * int(major) + 10 * int(minor)


def ask(code, folder):
    return subprocess.run([sys.executable, "-c", code], check=True, text=True,
                          capture_output=True,
                          env={**os.environ, "PYTHONPATH": folder}).stdout


def versions(folder):
    if unicodedata.unidata_version != "14.0.0":
        sys.exit("this is not Python 3.11")
    known = {1400: [unicodedata.category(chr(cp)) for cp in range(END)]}
    for name in os.listdir(folder):
        if name[0].isdigit():
            version, *categories = ask(LOOK, os.path.join(folder, name)).split()
            known[number(version)] = categories
    return sorted(known.items())


def runs(key):
    """(first, last, key) of the code points whose key is not None."""
    at = 0
    while at < END:
        end, what = at, key(at)
        while end + 1 < END and key(end + 1) == what:
            end += 1
        if what is not None:
            yield at, end, what
        at = end + 1


def table(out, declaration, rows):
    out.append(f"{declaration} = {{")
    line = "   "
    for row in rows:
        if len(line) + len(row) + 2 > 80:
            out.append(line)
            line = "   "
        line += f" {row},"
    out += [line, "};"]


def changes(known, names, out):
    """Whatever was not yet as it is now, by the version that changed it."""
    def change(cp):
        found = [(new, old[cp], now[cp]) for (_, old), (new, now)
                 in zip(known, known[1:]) if old[cp] != now[cp]]
        if not found:
            return None
        if len(found) > 1:
            sys.exit(f"U+{cp:04X} changed twice: {found}")
        version, before, after = found[0]
        return version, before, after, (names[cp][0] if before == "Cn" and
                                        version <= OURS else None)

    rows = list(runs(change))
    scripts = sorted({row[2][3] for row in rows} - {None})
    short = {name[0]: name[1] for name in names}
    table(out, "const char *const dialect_scripts[][2]",
          [f'{{ "{name.lower()}", "{short[name].lower()}" }}'
           .replace("_", "") for name in scripts] + ["{ NULL, NULL }"])
    out.append("")
    table(out, "const struct dialect_change dialect_changes[]",
          [f"{{ 0x{first:x}, 0x{last:x}, {version}, DIALECT_{before.upper()}, "
           f"DIALECT_{after.upper()}, "
           f"{scripts.index(script) if script else -1} }}"
           for first, last, (version, before, after, script) in rows])
    out += ["", f"const size_t dialect_change_count = {len(rows)};"]


def properties(categories, names, out):
    def others(column, inside):
        return lambda cp: (True if names[cp][column] == "1" and
                           categories[cp] not in inside else None)

    def symbols(cp):
        return True if others(2, "")(cp) and categories[cp] == "So" else None

    for name, key in (
            ("alphabetic", others(2, ["Lu", "Ll", "Lt", "Lm", "Lo", "Nl"])),
            ("upper", others(3, ["Lu"])), ("lower", others(4, ["Ll"])),
            ("symbols", symbols)):
        found = list(runs(key))
        out.append("")
        table(out, f"static const struct dialect_range {name}[]",
              [f"{{ 0x{first:x}, 0x{last:x} }}" for first, last, _ in found])
        out.append(f"const struct dialect_list dialect_{name} = "
                   f"{{ {name}, {len(found)} }};")


def main():
    known = versions(sys.argv[1])
    names = [line.split() for line in
             ask(NAMES, os.path.join(sys.argv[1], "names")).splitlines()]
    out = [
        "/* SPDX-License-Identifier: Apache-2.0 */",
        "/*",
        " * dialect_table - written by src/dialect_table.py from Unicode",
        f" * {', '.join(f'{v // 100}.{v % 100 // 10}' for v, _ in known)}.",
        " */",
        '#include "src/dialect_table.h"',
        "",
    ]
    changes(known, names, out)
    properties(dict(known)[OURS], names, out)
    print("\n".join(out))


main()
