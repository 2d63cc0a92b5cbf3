# SPDX-License-Identifier: Apache-2.0
"""
mlin count cuts text as Hugging Face tokenizers cuts it, and mlin train finds
the merges and ids that it finds.

Cutting: every code point in several contexts, and documents; the word-count
files are read here by a reader of its own.  Training: a sample of
MLIN_DATA/text at two sizes, a large one at three, plain lines, and many small
corpora full of ties.

Usage: train.py path/to/mlin
"""
import collections
import glob
import io
import json
import os
import random
import subprocess
import sys
import tempfile

import tokenizers
import zstandard
from tokenizers import Regex, decoders, models, pre_tokenizers, trainers

from common import finish, report

MLIN = sys.argv[1] if len(sys.argv) > 1 else "build/mlin"
DATA = os.environ.get("MLIN_DATA", "")
BYTES_PER_LANGUAGE = 500_000
BYTES_LARGE = 5_000_000
SIZES = 30000, 64000, 128000
CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
PATTERNS = {
    "gpt2": None,
    "llama3": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
              r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "qwen2": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
             r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "o200k": rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{CONTRACTIONS}?"
             rf"|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{CONTRACTIONS}?"
             r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)"
             r"|\s+",
    # None of ours: through PCRE2, with gaps and empty matches.
    r"\s+|x*": r"\s+|x*",
}
BYTE_CHARS = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
REST = [b for b in range(256) if b not in BYTE_CHARS]
CHAR_BYTE = {chr(b): b for b in BYTE_CHARS}
CHAR_BYTE.update({chr(0x100 + i): b for i, b in enumerate(REST)})


def mlin(*args, **more):
    return subprocess.run([MLIN, *args], check=True, **more)


def pre_tokenizer(name):
    if name == "gpt2":
        return pre_tokenizers.ByteLevel(add_prefix_space=False)
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERNS[name]), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


class CountFile:
    """A .cnt file as tokenizer/counts.h draws it."""

    def __init__(self, path):
        self.bytes, self.at = open(path, "rb").read(), 16
        assert self.bytes[:12] == b"mlincnt\0\x01\0\0\0"
        self.name = self.take(int.from_bytes(self.bytes[12:16], "little"))
        self.words = collections.Counter()
        while self.take(1) == b"\1":
            self.take(self.varint())
            self.take(self.varint())
            self.take(16)
            word = b""
            while count := self.varint():
                shared, rest = self.varint(), self.varint()
                word = word[:shared] + self.take(rest)
                self.words[word] += count
        assert self.at + 8 == len(self.bytes)

    def take(self, n):
        self.at += n
        return self.bytes[self.at - n:self.at]

    def varint(self):
        number = shift = 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number


def theirs(name, texts):
    pre, words = pre_tokenizer(name), collections.Counter()
    for text in texts:
        words.update(piece for piece, _ in pre.pre_tokenize_str(text))
    spelled = {}
    for word, n in words.items():
        spelled[bytes(CHAR_BYTE[c] for c in word)] = n
    return spelled


def jsonl(path, texts):
    with open(path, "w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


def check_cuts(name, texts, what, folder):
    jsonl(f"{folder}/t.jsonl", texts)
    mlin("count", "--quiet", "-o", f"{folder}/t.cnt", "--pretokenizer", name,
         f"{folder}/t.jsonl")
    ours, other = CountFile(f"{folder}/t.cnt").words, theirs(name, texts)
    wrong = [word for word in ours.keys() | other.keys()
             if ours.get(word) != other.get(word)]
    report(not wrong and bool(ours),
           f"{name}: cuts {what}: {sum(ours.values())} pieces, "
           f"{len(ours)} distinct, {len(wrong)} differ {wrong[:3]}")


def every_code_point():
    """
    Each character in several contexts, 64 characters a text; of the planes
    without characters, every 97th.
    """
    points = [cp for cp in range(0x110000) if not 0xD800 <= cp <= 0xDFFF and
              (cp < 0x32400 or 0xE0000 <= cp < 0xE0200 or cp % 97 == 0)]
    around = ["a%sA", "A%s'S", " %s ", ".%s1", "1%s\n", "\u0301%sa/"]
    for at in range(0, len(points), 64):
        yield "|".join(c % chr(cp) for cp in points[at:at + 64] for c in around)


def documents(limit=BYTES_PER_LANGUAGE):
    texts = []
    for path in sorted(glob.glob(DATA + "/text/debian-*/*.jsonl.zst")):
        with open(path, "rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            size = 0
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                texts.append(json.loads(line)["text"])
                size += len(texts[-1].encode())
                if size > limit:
                    break
    return texts


def train_theirs(name, size, feed, specials=(), alphabet=True, least=0):
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer(name)
    tokenizer.decoder = decoders.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=list(specials), min_frequency=least,
        show_progress=False,
        initial_alphabet=(pre_tokenizers.ByteLevel.alphabet() if alphabet
                          else []))
    feed(tokenizer, trainer)
    return json.loads(tokenizer.to_str())


def same_training(ours, other, what):
    a, b = json.load(open(ours))["model"], other["model"]
    merges = [tuple(m) for m in a["merges"]], [tuple(m) for m in b["merges"]]
    at = next((i for i, (x, y) in enumerate(zip(*merges)) if x != y), None)
    ok = a["vocab"] == b["vocab"] and merges[0] == merges[1]
    report(ok, f"{what}: {len(a['vocab'])} ids, {len(merges[0])} merges" +
           ("" if ok else f" against {len(b['vocab'])}, {len(merges[1])}; "
            f"first other merge: {at}"))


def train_on_text(texts, folder):
    jsonl(f"{folder}/text.jsonl", texts)
    size = sum(len(t.encode()) for t in texts)
    print(f"      training text: {len(texts)} documents, {size} bytes")
    for name in ("gpt2", "llama3", "o200k"):
        for size in (8000, 30000):
            out = f"{folder}/tok.json"
            mlin("train", "--quiet", "-o", out, "--vocab-size", str(size),
                 "--pretokenizer", name, "--special", "<|endoftext|>",
                 f"{folder}/text.jsonl")
            other = train_theirs(
                name, size, lambda t, r: t.train_from_iterator(texts, r),
                ["<|endoftext|>"])
            same_training(out, other, f"{name}, {size}")


def train_large(folder):
    """
    Theirs is trained at the largest size: of one training, smaller sizes are
    its first merges, for a size only says when to stop.
    """
    texts = documents(BYTES_LARGE)
    size = sum(len(text.encode()) for text in texts)
    jsonl(f"{folder}/large.jsonl", texts)
    print(f"      large training: {len(texts)} documents, {size} bytes")
    for name in ("gpt2", "llama3", "o200k"):
        mlin("train", "--quiet", "-o", folder + "/large-{size}.json",
             "--sizes", ",".join(map(str, SIZES)), "--pretokenizer", name,
             f"{folder}/large.jsonl")
        other = train_theirs(name, SIZES[-1],
                             lambda t, r: t.train_from_iterator(texts, r))
        for at in SIZES:
            model = other["model"]
            first = {"model": {
                "vocab": {t: i for t, i in model["vocab"].items() if i < at},
                "merges": model["merges"][:at - 256]}}
            same_training(f"{folder}/large-{at}.json", first,
                          f"{name}, {at}, {size} bytes")


def train_on_lines(texts, folder):
    with open(f"{folder}/text.txt", "w", encoding="utf-8", newline="") as file:
        file.write("\n".join(texts[::7]))
    for alphabet in (True, False):
        out = f"{folder}/tok.json"
        mlin("train", "--quiet", "-o", out, "--vocab-size", "6000", "--lines",
             "--pretokenizer", "llama3", "--initial-alphabet",
             "bytes" if alphabet else "seen", f"{folder}/text.txt")
        other = train_theirs(
            "llama3", 6000, lambda t, r: t.train([f"{folder}/text.txt"], r),
            alphabet=alphabet)
        same_training(out, other, f"plain lines, all bytes: {alphabet}")


def train_on_small_corpora(folder):
    chance, wrong, rounds = random.Random(5), [], 150
    for number in range(rounds):
        letters = chance.choice(["ab", "abc", "aB ", "ab c", "aé1 ",
                                 "abcd ef,"])
        specials = chance.choice([[], ["<s>"], ["<s>", "<pad>", "<s>"],
                                  ["ab"], ["a"], ["abc", "b"]])
        texts = ["".join(chance.choices(letters, k=chance.randint(1, 40)))
                 for _ in range(chance.randint(1, 40))]
        size, least = chance.randint(3, 60), chance.choice([0, 0, 0, 1, 2, 3])
        name = chance.choice(list(PATTERNS)[:4])
        jsonl(f"{folder}/s.jsonl", texts)
        args = [x for s in specials for x in ("--special", s)]
        mlin("train", "--quiet", "-o", f"{folder}/s.json", "--vocab-size",
             str(size), "--pretokenizer", name, "--min-frequency", str(least),
             "--initial-alphabet", "seen", *args, f"{folder}/s.jsonl",
             stderr=subprocess.DEVNULL)
        other = train_theirs(
            name, size, lambda t, r: t.train_from_iterator(texts, r), specials,
            False, least)["model"]
        ours = json.load(open(f"{folder}/s.json"))["model"]
        if (ours["vocab"] != other["vocab"] or
                [list(m) for m in ours["merges"]] != other["merges"]):
            wrong.append((number, name, letters, specials, size, least))
    report(not wrong,
           f"{rounds} small corpora, {len(wrong)} differ {wrong[:3]}")


def main():
    print(f"tokenizers {tokenizers.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        for name in PATTERNS:
            check_cuts(name, list(every_code_point()), "all characters",
                       folder)
        train_on_small_corpora(folder)
        texts = documents()
        if not texts:
            print("SKIP   training on text: MLIN_DATA has none")
        else:
            for name in PATTERNS:
                check_cuts(name, texts[::5], "documents", folder)
            train_on_text(texts, folder)
            train_on_lines(texts, folder)
            train_large(folder)
    return finish()


sys.exit(main())
