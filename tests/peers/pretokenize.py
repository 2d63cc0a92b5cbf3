# SPDX-License-Identifier: Apache-2.0
"""
mlin cuts text where Hugging Face tokenizers cuts it, piece by piece and in
order, by every named pattern.

A vocabulary of all pieces that Hugging Face finds, without merges and with
ignore_merges, makes `mlin encode --format ids` say its pieces: a piece that is
among them is one id, any other is spelled in bytes.  Texts: code points in
several contexts (train.py has every one), random strings, and MLIN_DATA/text
(100 MB and more).

Usage: pretokenize.py path/to/mlin
"""
import array
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
from tokenizers import Regex, pre_tokenizers

from common import finish, report

MLIN = sys.argv[1] if len(sys.argv) > 1 else "build/mlin"
DATA = os.environ.get("MLIN_DATA", "")
BYTES_PER_LANGUAGE = 6_000_000
CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
SPACES = r"\s*[\r\n]+|\s+(?!\S)|\s+"
MODIFIER, LETTER = "\u02bc", "(?:(?!\u02bc)[\\p{L}\\p{M}])"
APOSTROPHE, CYRILLIC = "['\u2019\u02bc]", "[\u0400-\u052f]"
ENCLITIC = (r"(?:[sStTmMdDnNlLrR]|[lL][lLsS]|[nN][sS]|[rRvV][eE])"
            rf"(?!{LETTER})")
PATTERNS = {
    "gpt2": None,
    "llama3": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
              r"| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES,
    "qwen2": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
             r"| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES,
    "o200k": rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{CONTRACTIONS}?"
             rf"|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{CONTRACTIONS}?"
             r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + SPACES,
    "eu": rf" ?{APOSTROPHE}{ENCLITIC}"
          rf"|(?:[^\r\n\p{{L}}\p{{M}}\p{{N}}]|{MODIFIER})?{LETTER}+"
          rf"(?:(?<={CYRILLIC}){APOSTROPHE}(?={CYRILLIC}){LETTER}+)*"
          rf"(?:{APOSTROPHE}(?!{APOSTROPHE}|{ENCLITIC}))?"
          rf"|\p{{N}}{{1,3}}| ?(?:[^\s\p{{L}}\p{{N}}]|{MODIFIER})+[\r\n]*|"
          + SPACES,
}


def pre_tokenizer(name):
    if name == "gpt2":
        return pre_tokenizers.ByteLevel(add_prefix_space=False)
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERNS[name]), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def jsonl(path, texts):
    with open(path, "w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


def check_pattern(name, folder):
    """What mlin train writes is the pattern above, character by character."""
    jsonl(f"{folder}/t.jsonl", ["a b"])
    subprocess.run([MLIN, "train", "--quiet", "-o", f"{folder}/own.json",
                    "--vocab-size", "256", "--pretokenizer", name,
                    f"{folder}/t.jsonl"], check=True)
    with open(f"{folder}/own.json", encoding="utf-8") as file:
        own = json.load(file)["pre_tokenizer"]
    if name == "gpt2":
        report(own["type"] == "ByteLevel" and own["use_regex"],
               "gpt2: written as ByteLevel")
    else:
        report(own["pretokenizers"][0]["pattern"]["Regex"] == PATTERNS[name],
               f"{name}: written as the pattern that is compared")


def check_cuts(name, texts, what, folder):
    pre, ids, expected, pieces = pre_tokenizer(name), {}, [], 0
    for char in sorted(pre_tokenizers.ByteLevel.alphabet()):
        ids[char] = len(ids)
    for text in texts:
        cut = [ids.setdefault(piece, len(ids))
               for piece, _ in pre.pre_tokenize_str(text)]
        expected.append(array.array("I", cut))
        pieces += len(cut)
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(
        vocab=ids, merges=[], ignore_merges=True))
    tokenizer.pre_tokenizer = pre
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    tokenizer.save(f"{folder}/pieces.json")
    jsonl(f"{folder}/t.jsonl", texts)
    with open(f"{folder}/ids", "w", encoding="utf-8") as out:
        subprocess.run([MLIN, "encode", "--quiet", "--format", "ids",
                        "--tokenizer", f"{folder}/pieces.json",
                        f"{folder}/t.jsonl"], check=True, stdout=out)
    wrong, ours = [], 0
    with open(f"{folder}/ids", encoding="utf-8") as file:
        for text, line, cut in zip(texts, file, expected):
            ours += 1
            if array.array("I", json.loads(line)) != cut:
                wrong.append(text)
    report(ours == len(expected) and not wrong and pieces > 0,
           f"{name}: {what}: {len(texts)} texts, "
           f"{sum(len(t.encode()) for t in texts)} bytes, {pieces} pieces, "
           f"{len(ids) - 256} distinct; {len(wrong)} texts differ "
           f"{[t[:60] for t in wrong[:2]]}")


def code_points():
    """All but most ideographs, Hangul and unassigned ones."""
    points = [cp for cp in range(0x110000) if not 0xD800 <= cp <= 0xDFFF and
              (cp < 0x3400 or 0xA000 <= cp < 0xAC00 or
               0xF900 <= cp < 0x17000 or 0x1AFF0 <= cp < 0x20000 or
               0xE0000 <= cp < 0xE0200 or cp % 31 == 0)]
    around = ["a%sA", "A%s'S", " %s ", ".%s1", "1%s\n", "\u0301%sa/",
              "я%s'я", "d'%s", " words %s and"]
    for at in range(0, len(points), 64):
        yield "|".join(c % chr(cp) for cp in points[at:at + 64] for c in around)


def random_strings(count):
    """Of characters that the patterns know, ordinary words among them."""
    chance = random.Random(9)
    parts = list("aslStdmrevnLE1290.,/!-_\"()' \t\n\r") + [
        "'", "'", "\u2019", "\u2019", "\u02bc", "\u02bc", " ", " ", "\u00a0",
        "\u3000", "\u0301", "\u0308", "\ufe0f", "é", "É", "я", "Я", "є", "ґ",
        "\u0482", "\u0483", "ά", "ß", "ŉ", "ſ", "ﬆ", "K", "ª", "ǅ", "ა", "א",
        "中", "½", "²", "❤", "😀", " the", " dell", " об", " The", "qu", "ll",
        "ns", "\u200b", "\ufeff", "\u0378"]
    for _ in range(count):
        yield "".join(chance.choices(parts, k=chance.randint(1, 60)))


def documents():
    texts = []
    for path in sorted(glob.glob(DATA + "/text/debian-bench/*.jsonl.zst")):
        with open(path, "rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            size = 0
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                texts.append(json.loads(line)["text"])
                size += len(texts[-1].encode())
                if size > BYTES_PER_LANGUAGE:
                    break
    return texts


def main():
    print(f"tokenizers {tokenizers.__version__}")
    sets = {"characters": list(code_points()),
            "random strings": list(random_strings(40000)),
            "documents": documents()}
    if not sets["documents"]:
        print("SKIP   documents: MLIN_DATA has none")
        del sets["documents"]
    with tempfile.TemporaryDirectory() as folder:
        for name in PATTERNS:
            check_pattern(name, folder)
            for what, texts in sets.items():
                check_cuts(name, texts, what, folder)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
