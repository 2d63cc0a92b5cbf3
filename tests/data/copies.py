#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write documents of which many are copies, or almost copies, of others.

    copies.py [--count N] [--seed N]

Two of three are an earlier one in which up to eight words are changed; every
fourth is a template with words of its own, so that one key has many documents.
Among them the very same record again, texts without a word, and documents that
have no id.  The same arguments give the same bytes.
"""
import argparse
import json

from mixed import Random, load_sentences


def edited(rng, text, number):
    words = text.split(" ")
    for _ in range(rng.pick([0, 0, 1, 1, 2, 4, 8])):
        words[rng.below(len(words))] = f"w{chr(97 + number % 26)}q"
    return " ".join(words)


def from_template(template, number):
    """Words of its own are letters alone: digits would count as one."""
    own = [f"x{chr(97 + number // 8 % 26)}{chr(97 + number // 208 % 26)}"
           f"{chr(97 + i)}" for i in range(22)]
    if number % 8 == 0:
        own[number // 8 % 22] = "changed"
    return " ".join(template + own)


def documents(rng, count):
    sentences = sum(load_sentences().values(), [])
    template = " ".join(sentences).split(" ")[:80]
    docs = []
    for number in range(count):
        if docs and number % 3:
            text = edited(rng, rng.pick(docs)["text"], number)
        else:
            text = "\n".join(rng.pick(sentences)
                             for _ in range(1 + rng.below(8)))
        docs.append({"id": f"d{number}", "text": text})
        if number % 100 == 0:
            docs.append({"text": "?" * (number % 7)})
            docs.append(docs[-2])
        if number % 4 == 0:
            docs.append({"id": number, "text": from_template(template,
                                                             number)})
    return docs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for doc in documents(Random(args.seed), args.count):
        print(json.dumps(doc, ensure_ascii=False))


main()
