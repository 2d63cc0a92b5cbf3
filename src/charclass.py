#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""charclass.py - writes src/charclass.c from the Unicode Character Database.

Needs PyPI's unicodedata2 of the wanted version (its number is Unicode's):

    pip install 'unicodedata2==16.*' && python3 src/charclass.py > src/charclass.c

The table has blocks of 128 code points, equal blocks once.  Planes 0 to 3 and
the first 4,096 code points of plane 14 are in it; charclass.h knows the rest.
"""
import sys
import unicodedata2 as ucd

NAMES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cs Co Cf Pc Pd Ps Pe " \
        "Pi Pf Po Sm Sc Sk So Cc Cw".split()
BLOCK = 128
LOW_END, HIGH_START, HIGH_END = 0x40000, 0xE0000, 0xE1000


def name_of(cp):
    name = ucd.category(chr(cp))
    # Cw is ours: the control characters that are White_Space.
    return "Cw" if name == "Cc" and chr(cp) in "\t\n\v\f\r\x85" else name


def rest_of(cp):
    """What charclass_get() says without a table."""
    if cp < 0xF0000 or cp & 0xFFFE == 0xFFFE:
        return "Cn"
    return "Co"


def runs(block):
    """The block as C initialisers: a run of n is one token per bit of n."""
    tokens, at = [], 0
    while at < len(block):
        end = at
        while end < len(block) and block[end] == block[at]:
            end += 1
        for bit in reversed(range(8)):
            if (end - at) >> bit & 1:
                tokens.append(f"X{1 << bit}({block[at]})" if bit else block[at])
        at = end
    return tokens


def wrap(tokens, out):
    line = "   "
    for token in tokens:
        if len(line) + len(token) + 2 > 80:
            out.append(line)
            line = "   "
        line += " " + token + ","
    out.append(line)


def main():
    blocks, index = {}, []
    starts = list(range(0, LOW_END, BLOCK))
    starts += range(HIGH_START, HIGH_END, BLOCK)
    for start in starts:
        block = tuple(name_of(cp) for cp in range(start, start + BLOCK))
        index.append(blocks.setdefault(block, len(blocks)))
    for cp in range(LOW_END, 0x110000):
        if not HIGH_START <= cp < HIGH_END and name_of(cp) != rest_of(cp):
            sys.exit(f"U+{cp:04X}: charclass.h would say {rest_of(cp)}")
    if len(blocks) > 65536:
        sys.exit("the index would not fit 16 bits")
    out = [
        "/* SPDX-License-Identifier: Apache-2.0 */",
        "/*",
        " * charclass - the classes of all characters, written by"
        " src/charclass.py; as",
        " * long as a table of Unicode has to be.",
        " */",
        '#include "src/charclass.h"',
        "",
        f'const char charclass_version[] = "{ucd.unidata_version}";',
        "",
        "/* A run of equal classes: X8(Lu) stands for eight of them. */",
        "#define X2(c) c, c",
    ]
    out += [f"#define X{2 * n}(c) X{n}(c), X{n}(c)"
            for n in (2, 4, 8, 16, 32, 64)]
    out += ["", "enum {"]
    wrap([f"{n} = CHAR_{n.upper()}" for n in NAMES], out)
    out += ["};", "", "/* Which block holds the code points from 128 * i. */",
            f"const uint16_t charclass_index[{len(index)}] = {{"]
    wrap([str(i) for i in index], out)
    out += ["};", "", f"const uint8_t charclass_blocks[{len(blocks)} * 128]"
            " = {"]
    for number, block in enumerate(blocks):
        out.append(f"    /* {number} */")
        wrap(runs(block), out)
    out.append("};")
    print("\n".join(out))


main()
