# SPDX-License-Identifier: Apache-2.0
"""
mlin cuts text by regular expressions where Hugging Face tokenizers cuts it:
patterns of well-known vocabularies over all code points and documents; every
class over all code points; random expressions over random strings; and both
refuse, or agree on, what the two engines read differently.

Usage: regex.py path/to/mlin
"""
import itertools
import random
import re
import subprocess
import sys
import tempfile

import pretokenize
from common import finish
from pretokenize import CONTRACTIONS, LOWER, SPACES, UPPER, PATTERNS
from tokenizers import Regex, pre_tokenizers

HAN_FREE_UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]"
HAN_FREE_LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]"
KNOWN = {
    "nanochat": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,2}"
                r"| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+",
    "Qwen 3.5": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}"
                r"| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|" + SPACES,
    "cl100k of tiktoken": r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++"
                r"|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]"
                r"|\s+(?!\S)|\s",
    "Kimi": rf"[\p{{Han}}]+|[^\r\n\p{{L}}\p{{N}}]?{HAN_FREE_UPPER}*"
            rf"{HAN_FREE_LOWER}+{CONTRACTIONS}?|[^\r\n\p{{L}}\p{{N}}]?"
            rf"{HAN_FREE_UPPER}+{HAN_FREE_LOWER}*{CONTRACTIONS}?|\p{{N}}{{1,3}}"
            r"| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES,
    "Nemotron": rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+|[^\r\n\p{{L}}"
                rf"\p{{N}}]?{UPPER}+{LOWER}*|\p{{N}}"
                r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + SPACES,
    "DeepSeek": r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+"
                r"|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*"
                r"|" + SPACES,
    "words": r"\w+|[^\w\s]+",
    "words by their edges": r"\b\w+\b|\B\s|[[:punct:]]+",
    "blanks": r"\S+|\s+",
    "camels": r"\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Nd}+|[^\p{L}\p{Nd}]",
    "lines": r"^\s+|\s+$|[[:alpha:]]+|[[:digit:]]+|[^\n]",
    "x only": r"\s+|x*",
    "categories": r"\p{Sc}\p{Nd}+|\p{Mn}+|[\P{L}&&[^\s\p{Nd}]]+|\p{Lo}{1,2}+",
}
CATEGORIES = "L Lu Ll Lt Lm Lo LC M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf " \
    "Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Cn Co".split()
POSIX = "alpha alnum blank cntrl digit graph lower print punct space upper " \
    "xdigit word ascii".split()
SCRIPTS = "Han Hani Latin Latn Greek Cyrillic Common Inherited Arabic " \
    "Devanagari Kawi Garay Egyptian_Hieroglyphs Hiragana Myanmar " \
    "Unknown".split()
# Each alone: what both read alike, each in its way of writing.
SINGLE = [
    r"$", r"b$", r"^.", r"^", r"\Z", r"\z", r"\A.", r"\h", r"\H", r"\R", r"\v",
    r"\N", r"\O", r"\Kb", r"\p{^L}", r"\P{^L}", r"\p{uppercase letter}",
    r"[a[bc]]", r"[a-z&&[^c]]", r"[a-z&&b-d]", r"[]a]", r"[^]a]", r"[a-c-e]",
    r"[--a]", r"[:alpha:]", r"[[:alpha]]", r"[a&&]", r"[&&a]", r"[^a&&b]",
    r"[[.a.]]", r"a{,2}", r"a{1,2}+", r"a{2}?", r"a{2,}+a", r"a{,}", r"a{",
    r"a{1, 2}", r"{", r"a**", r"a+++", r"a?+a", r"(?x)a+ +", r"(?m).",
    r"x(?i)a|b", r"(?i)a(?-i)b|c", r"(?<n>a)\k<n>", r"(a)\g<1>", r"(?>a+)b",
    r"(?#c)a", r"\x{61}", r"\x61", r"\141", r"\u0061", r"[\u0061b]", r"\ca",
    r"\e", r"\a", r"\b", r"[\b]", r"\B", r"\G.", r"\Ga", r"(?!\G|x)", r"\-",
    r"(?(1)a|b)", r"(a)?(?(1)b|c)", r"(?<=a|bc)d", r"a||b", r"()", r"]", r"}",
    r"(?x)a #c" + "\nb", "(?x)a\u00a0b", "(?x)a\u2028b", "(?x)a\u200eb",
    "(?x)a\vb", r"(?i)\p{Lu}", r"(?i)[\p{L}]", r"(?i)[^\p{M}]", r"(?i)[a-z]",
]
# Read differently, or by one of the two alone: never accepted in silence with
# another meaning.
REFUSED = [
    r"\pL", r"\Qa.b\E", r"\E", r"[\Qa]", r"[\E]", r"\xe9", r"[\xe9]",
    r"\xc3\xa9", r"(?W)\w", r"(?S)\s", r"(?y{w})\X", r"(?#a\)b)c", r"\c1",
    r"\y", r"\i", r"\M-a", r"(?~ab)", r"(?{x})a", r"[\R]", r"[\X]", r"[\B]",
    r"a{3,1}", r"(?i)[\p{Lu}]", r"(?i)[[:lower:]]", r"(?i)[a[^b]]", r"[a-[b]]",
    r"[a-\d]", r"[\d-a]", r"[[:foo:]]", r"(a)\g1", r"\p{In_Basic_Latin}",
]


def accepts(pattern):
    done = subprocess.run(
        [pretokenize.MLIN, "count", "-o", "/dev/null", "--pretokenizer",
         pattern], input="", text=True, capture_output=True)
    return done.returncode == 0


def they_accept(pattern):
    try:
        pre_tokenizers.Split(Regex(pattern), "isolated")
        return True
    except Exception:
        return False


def all_characters():
    """With letters between them, and a few of each plane's empty parts."""
    points = [cp for cp in range(0x110000) if not 0xD800 <= cp <= 0xDFFF and
              (cp < 0x33480 or 0xE0000 <= cp < 0xE0200 or cp % 197 == 0)]
    for at in range(0, len(points), 64):
        yield "a".join(map(chr, points[at:at + 64]))


def check_classes(folder):
    single = []
    for name in CATEGORIES:
        single += [rf"\p{{{name}}}", rf"[\P{{{name}}}a]"]
    for name in POSIX:
        single += [rf"[[:{name}:]]", rf"[[:^{name}:]a]", rf"\p{{{name}}}"]
    for name in SCRIPTS:
        single += [rf"\p{{{name}}}", rf"[\P{{{name}}}a\p{{Cn}}]"]
    single += [r"\w", r"\W", r"[\w]", r"[\Wa]", r"[\W\p{So}]", r"\s", r"[\Sa]",
               r"\d", r"[\Da]", r"\h", r"\b", r"\B", r"[[:^alpha:]\p{Greek}]",
               r"[\W\p{Common}]", r"[^\s\p{L}\p{N}]", r"[\p{L}\p{M}]"]
    texts = list(all_characters())
    for pattern in single:
        check(pattern, texts, "all characters", folder)


def check(pattern, texts, what, folder, name=None):
    name = name or ascii(pattern)
    PATTERNS[name] = pattern
    pretokenize.check_cuts(name, texts, what, folder)


class Expressions:
    """
    Random expressions of what is promised to be alike.  A group that may match
    nothing is not repeated: the engines end such loops differently.
    """

    def __init__(self, seed):
        self.chance = random.Random(seed)
        new = [0x897, 0x1C89, 0xA7DA, 0x1F6DC, 0x11F50, 0x10D40, 0x10D50,
               0x16D70, 0x1E4F0, 0x2427, 0x1CCF0, 0x31350, 0x88F, 0xA7CE]
        self.characters = [*"aAbBsS019_-.,'\"/ \t\n\r\v", *map(chr, new),
                           *"\x85\u00a0\u180e\u2028\u3000²½Ⅷⓐé\u00c9ßяЯǅʰא中、",
                           *"\u0301\u0903\u20dd٣€❤\u200b\ufeff\u0378\ue000😀"]

    def text(self):
        return "".join(self.chance.choices(self.characters,
                                           k=self.chance.randint(1, 40)))

    def set(self):
        kind = self.chance.random()
        if kind < 0.3:
            return self.chance.choice([r"\s", r"\S", r"\d", r"\D", r"\w", r"\W",
                                       r"\h", r"\H"])
        return (rf"\{self.chance.choice('pP')}"
                f"{{{self.chance.choice(CATEGORIES + SCRIPTS)}}}")

    def brackets(self, depth=0, may_negate=True):
        """Oniguruma loses what is not ASCII in [^[^...]] of everything."""
        is_negated = may_negate and self.chance.random() < 0.35
        text = "[^" if is_negated else "["
        for _ in range(self.chance.randint(1, 4)):
            kind = self.chance.random()
            if kind < 0.4:
                text += self.set()
            elif kind < 0.55:
                text += f"[:{self.chance.choice(['', '^'])}" \
                        f"{self.chance.choice(POSIX)}:]"
            elif kind < 0.7 and depth < 2:
                text += self.chance.choice(["", "a&&"])
                text += self.brackets(depth + 1, not is_negated)
            elif kind < 0.8:
                low, high = sorted(self.chance.choices(self.characters, k=2))
                text += rf"\x{{{ord(low):x}}}-\x{{{ord(high):x}}}"
            else:
                text += re.sub(r"[-\[\]&^]", r"\\\g<0>",
                               self.chance.choice(self.characters))
        return text + "]"

    def item(self, depth):
        kind = self.chance.random()
        if kind < 0.15:
            return self.chance.choice([r"\b", r"\B", "^", "$", r"\A", r"\z"])
        if kind < 0.25:
            return self.chance.choice(["(?=", "(?!", "(?<=", "(?<!"]) + \
                self.brackets() + ")"
        if kind < 0.4 and depth < 2:
            inside = "|".join(self.brackets() + self.sequence(depth + 1)
                              for _ in range(self.chance.randint(1, 2)))
            return self.chance.choice(["(?:", "(", "(?>", "(?m:"]) + inside + \
                ")" + self.chance.choice(["", "?", "{2}", "{1,2}?"])
        item = self.set() if kind < 0.6 else self.brackets()
        return item + self.chance.choice(
            ["", "", "", "*", "+", "?", "*?", "+?", "*+", "++", "?+", "{1,3}",
             "{2}", "{,2}", "{2}?"])

    def sequence(self, depth=0):
        return "".join(self.item(depth)
                       for _ in range(self.chance.randint(1, 3)))

    def pattern(self):
        return "|".join(self.sequence()
                        for _ in range(self.chance.randint(1, 3)))


def check_random(folder, count):
    make = Expressions(23)
    for number in range(count):
        pattern = make.pattern()
        if they_accept(pattern):
            check(pattern, [make.text() for _ in range(200)],
                  f"random {number}", folder)


def main():
    short = ["".join(t) for n in range(1, 5)
             for t in itertools.product("abcx\n1", repeat=n)]
    short += ["é\u2028\u3000", "a\u00a0b", "a\u2028b a\u200eb a\vb", "aB Ab AB",
              "a{1, 2}", "[.]-:^&&", "\x01\x07\x08\x1b", "Ïß𝔸ſ\u0345ι", "a b"]
    characters = list(pretokenize.code_points())
    documents = pretokenize.documents()[::9]
    with tempfile.TemporaryDirectory() as folder:
        for name, pattern in KNOWN.items():
            check(pattern, characters, "characters", folder, name)
            if documents:
                check(pattern, documents, "documents", folder, name)
        if not documents:
            print("SKIP   documents: MLIN_DATA has none")
        for pattern in SINGLE:
            if they_accept(pattern):
                check(pattern, short, "short strings", folder)
        check_classes(folder)
        check_random(folder, 400)
    for pattern in REFUSED:
        pretokenize.report(not accepts(pattern), f"refused: {pattern}")
    return finish()


sys.exit(main())
