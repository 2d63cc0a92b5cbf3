#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""letters.py - writes langid/letters_table.c: code point -> script and letter.

    python3 langid/letters.py /usr/share/unicode/Scripts.txt \\
        > langid/letters_table.c

Scripts.txt is in Debian's package unicode-data.  A model depends on this table:
after a change of ALPHABETS, train again and raise MODEL_VERSION.
"""
import re
import sys
import unicodedata as ucd

# Letters that get a code of their own, small, composed.  Others of the script
# fall back to what they are without their marks, or to the code "some letter".
ALPHABETS = {
    "Latn": "abcdefghijklmnopqrstuvwxyz"
            "àáâãäåāăąǎæǽçćĉċčďđḍéèêëēĕėęěẽəɛĝğġģǧɣĥħḥḫíìîïĩīĭįǐĵķƙĺļľłḷ"
            "ṃńņňñŋṅóòôõöøōŏőǫœơŕřṛśŝșšṣťțṭŧúùûüũūŭůűųǔưŵẁẃẅýŷÿỳźżžẓþð"
            "ɓɗƴʒǯḡḳḻṉṯǩǥꞌĸı"
            "ạảấầẩẫậắằẳẵặẹẻếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỵỷỹ",
    "Cyrl": "абвгдежзийклмнопрстуфхцчшщъыьэюяёђѓєѕіїјљњћќўџѐѝґғқңүұһҗҙҡҫҥҳҷ"
            "ӑӗӳӊәөӓӧӱӹѣѳѵӏԑҕҟҹҽ",
    "Grek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Armn": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "Geor": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶ",
    "Hebr": "אבגדהוזחטיךכלםמןנסעףפץצקרשתװױײ",
    "Arab": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱٹپچڈڑژڤکگںھہۂۃیێےۓڭۆۇۈۋەڵڕڎۊ",
}
OTHER = 255           # a letter of the script that has no code
BLOCK = 128
LIMIT = 0x32000       # the last planes with letters; above: no letter
SKIP, MARK = 1, 2     # entries of script 0: pass over; MARK + i: i-th mark
EXPAND = 0xFF00       # EXPAND + i: several letters

# Cedilla and comma below are one mark: Romanian is typed with both.
SAME_MARK = {0x0327: 0x0326}
# Upper-casing makes dotless i a plain one; it must not change the answer.
SAME_LETTER = {"ı": "i"}


def read_scripts(path):
    short, of = {}, {}
    for line in open("/".join(path.split("/")[:-1]) +
                     "/PropertyValueAliases.txt", encoding="utf-8"):
        part = [x.strip() for x in line.split("#")[0].split(";")]
        if part[0] == "sc":
            short[part[2]] = part[1]
    for line in open(path, encoding="utf-8"):
        m = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
        if m:
            for cp in range(int(m[1], 16), int(m[2] or m[1], 16) + 1):
                of[cp] = short[m[3]]
    return of


class Table:
    def __init__(self, script_of):
        self.script_of = script_of
        used = {s for cp, s in script_of.items() if cp < LIMIT}
        used -= {"Zyyy", "Zinh", "Zzzz"}
        first = list(ALPHABETS)
        self.scripts = first + sorted(used - set(first))
        self.codes, self.pairs, self.marks, self.expand = {}, {}, [], []
        for script, letters in ALPHABETS.items():
            if len(set(letters)) != len(letters) or len(letters) > 253:
                sys.exit(f"{script}: a letter twice, or too many")
            code = 1
            for letter in letters:
                if ucd.normalize("NFC", letter) != letter or \
                        letter.casefold() != letter:
                    sys.exit(f"{letter}: not composed or not small")
                if letter not in SAME_LETTER:
                    self.codes[letter] = self.id(script) << 8 | code
                    code += 1
        for letter, same in SAME_LETTER.items():
            self.codes[letter] = self.codes[same]
        for letter in self.codes:
            self.learn_pair(letter)

    def id(self, script):
        return self.scripts.index(script) + 1

    def mark(self, char):
        cp = SAME_MARK.get(ord(char), ord(char))
        if cp not in self.marks:
            self.marks.append(cp)
        return self.marks.index(cp)

    def learn_pair(self, letter):
        parts = ucd.decomposition(letter).split()
        if len(parts) != 2 or parts[0].startswith("<"):
            return
        base = chr(int(parts[0], 16))
        if base not in self.codes:
            sys.exit(f"{letter}: {base} is not in the alphabet")
        key = self.codes[base] << 8 | self.mark(chr(int(parts[1], 16)))
        code = self.codes[letter]
        if self.pairs.setdefault(key, code) != code:
            # ş and ș: the first that was seen stands for both.
            self.codes[letter] = self.pairs[key]

    def fold(self, char):
        text = ucd.normalize("NFKC", char.casefold()).casefold()
        return ucd.normalize("NFD", "".join(SAME_LETTER.get(c, c)
                                            for c in text))

    def letters(self, char):
        """The codes of a letter, as reading its decomposed form gives them."""
        out = []
        for c in self.fold(char):
            script = self.script_of.get(ord(c), "Zzzz")
            cp = SAME_MARK.get(ord(c), ord(c))
            if c in self.codes:
                out.append(self.codes[c])
            elif ucd.category(c)[0] == "M" and (
                    script == "Zinh" or script in ALPHABETS):
                key = out[-1] << 8 | self.marks.index(cp) \
                    if out and cp in self.marks else None
                if key in self.pairs:
                    out[-1] = self.pairs[key]
            elif ucd.category(c)[0] in "LM" and script not in (
                    "Zyyy", "Zinh", "Zzzz"):
                out.append(self.id(script) << 8 |
                           (OTHER if script in ALPHABETS else 0))
        return out

    def entry(self, cp):
        char = chr(cp)
        category = ucd.category(char)
        script = self.script_of.get(cp, "Zzzz")
        if category == "Cf" or cp in (0x034F, 0x0640) or \
                0xFE00 <= cp <= 0xFE0F:
            return SKIP
        if category[0] == "M" and (script == "Zinh" or script in ALPHABETS):
            same = SAME_MARK.get(cp, cp)
            return MARK + self.marks.index(same) if same in self.marks \
                else SKIP
        if category[0] not in "LM":
            return 0
        if script not in ALPHABETS and script in self.scripts:
            small = char.casefold()
            if len(small) == 1 and small != char:
                # As features.c makes the letter of the small one.
                return self.id(script) << 8 | 1 + ord(small) % 253
            return self.id(script) << 8
        codes = self.letters(char)
        if not codes:
            return 0
        if len(codes) == 1:
            return codes[0]
        if 0xFBEA <= cp <= 0xFDFB: # hundreds of rare ligatures
            return codes[0]
        codes = (codes + [0, 0])[:3]
        if codes not in self.expand:
            self.expand.append(codes)
        return EXPAND + self.expand.index(codes)


def wrap(tokens):
    lines, line = [], "   "
    for token in tokens:
        if len(line) + len(token) + 2 > 80:
            lines.append(line)
            line = "   "
        line += f" {token},"
    return lines + [line]


def runs(block):
    """The block as C initialisers: a run of n is one token per bit of n."""
    tokens, at = [], 0
    while at < len(block):
        end = at
        while end < len(block) and block[end] == block[at]:
            end += 1
        for bit in reversed(range(8)):
            if (end - at) >> bit & 1:
                tokens.append(f"X{1 << bit}({block[at]})" if bit
                              else str(block[at]))
        at = end
    return tokens


def main():
    table = Table(read_scripts(sys.argv[1]))
    blocks, index = {}, []
    for start in range(0, LIMIT, BLOCK):
        block = tuple(table.entry(cp) for cp in range(start, start + BLOCK))
        index.append(blocks.setdefault(block, len(blocks)))
    if len(table.scripts) > 250 or len(table.expand) > 255 or \
            len(table.marks) > 250 or len(blocks) > 65535:
        sys.exit("a table would not fit")
    print("/* SPDX-License-Identifier: Apache-2.0 */")
    print("/*\n * letters_table - scripts and letters, written by"
          " langid/letters.py from\n"
          f" * Unicode {ucd.unidata_version}; as long as a table of Unicode has"
          " to be.\n */")
    print('#include "langid/letters.h"\n')
    print("/* A run of equal entries: X8(512) stands for eight of them. */")
    for n in (2, 4, 8, 16, 32, 64, 128):
        half = f"X{n // 2}(e)" if n > 2 else "e"
        print(f"#define X{n}(e) {half}, {half}")
    print("\nconst char letters_scripts[][5] = {")
    print('    "Zyyy",')
    for line in wrap(f'"{s}"' for s in table.scripts):
        print(line)
    print("};\n\nconst uint8_t letters_script_count = "
          f"{len(table.scripts) + 1};\n")
    print(f"const uint16_t letters_index[{len(index)}] = {{")
    print("\n".join(wrap(map(str, index))))
    print(f"}};\n\nconst uint16_t letters_blocks[{len(blocks) * BLOCK}] = {{")
    for block in blocks:
        print("\n".join(wrap(runs(block))))
    print("};\n\n/* Letter and mark, and the letter that they make. */")
    print("const struct letters_pair letters_pairs[] = {")
    pairs = sorted(table.pairs.items())
    print("\n".join(wrap(f"{{{k}, {v}}}" for k, v in pairs)))
    print("};\n\nconst size_t letters_pair_count =\n"
          "    sizeof letters_pairs / sizeof letters_pairs[0];\n")
    print("/* One character that stands for two or three letters. */")
    print("const uint16_t letters_expansions[][3] = {")
    print("\n".join(wrap(f"{{{a}, {b}, {c}}}" for a, b, c in table.expand)))
    print("};")


main()
