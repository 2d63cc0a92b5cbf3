#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write a stream of documents that gives every stage something to do.

    mixed.py [--count N] [--seed N] [--broken]

Documents of 5 to 8 sentences from sentences.tsv, in many languages; among them
texts that repeat a few lines later (where a lost order shows), empty and short
ones, repetitive ones, lines with CRLF, blank lines, escapes, unknown fields,
ids of twenty digits.  --broken adds lines that are no documents.  The same
arguments give the same bytes.
"""
import argparse
import json
import os


class Random:
    """SplitMix64, so that no Python version changes the data."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & mask
        return (z ^ z >> 31) % limit

    def pick(self, items):
        return items[self.below(len(items))]


def load_sentences():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        "sentences.tsv")
    table = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                lang, sentence = line.rstrip("\n").split("\t")
                table.setdefault(lang, []).append(sentence)
    return table


def make_text(random, table):
    sentences = list(random.pick(sorted(table.items()))[1])
    text = ""
    for _ in range(5 + random.below(4)):
        text += sentences.pop(random.below(len(sentences)))
        text += random.pick([" ", " ", "\n", "\n\n"])
    return text.strip()


def spoil(random, text):
    """What normalize, quality or nobody at all should act on."""
    kind = random.below(12)
    if kind == 0:
        return ""
    if kind == 1:
        return "kurz"
    if kind == 2:
        return "\n".join([text.split("\n")[0]] * 12)
    if kind == 3:
        return text.replace(" ", "  ").replace("\n", "\r\n") + " \t\n"
    if kind == 4:
        return "\ufeff" + text.replace(".", ".\u0007")
    if kind == 5:
        return text.replace("é", "e\u0301") + " \u2028 \U0001F33B"
    return text


def dress(random, number, text):
    """One line: the text with other members around it, in any order."""
    members = ['"text":' + json.dumps(text, ensure_ascii=random.below(4) == 0)]
    if random.below(4) > 0:
        members.insert(random.below(2), '"id":%s' % random.pick(
            ['"doc-%d"' % number, "%d" % (10**19 + number), '"d\\u00e9-%d"' % number]))
    if random.below(3) == 0:
        members.append('"price": 1.50e+3 , "deep":{"a":[1,{"text":"inner"}],"b":null}')
    if random.below(5) == 0:
        members.insert(0, '"url" : "http:\\/\\/example.org\\/%d"' % number)
    line = "{" + random.pick([",", ", "]).join(members) + "}"
    if random.below(9) == 0:
        line = " " + line + "\t"
    return line + random.pick(["\n"] * 6 + ["\r\n"])


BROKEN = [
    b'{"text":"no end\n',
    b'{"text":12}\n',
    b'{"id":"no text here"}\n',
    b'["not an object"]\n',
    b'{"text":"a\xff\xfeb"}\n',
    b'{"text":"\\ud800 alone"}\n',
    b'{"text":"one","text":"two"}\n',
    b'plain words\n',
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", action="store_true")
    options = parser.parse_args()
    random, table = Random(options.seed), load_sentences()
    recent = []
    with os.fdopen(1, "wb") as out:
        for number in range(options.count):
            if recent and random.below(3) == 0:
                text = random.pick(recent)
            else:
                text = spoil(random, make_text(random, table))
            recent = (recent + [text])[-4:]
            out.write(dress(random, number, text).encode("utf-8"))
            if random.below(25) == 0:
                out.write(random.pick([b"\n", b"  \r\n"]))
            if options.broken and random.below(10) == 0:
                out.write(random.pick(BROKEN))


if __name__ == "__main__":
    main()
