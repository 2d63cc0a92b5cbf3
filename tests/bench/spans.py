#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""spans.py - langid --spans on made-up texts of one to three languages.

usage: spans.py [--texts N] [--least BYTES] [--mlin PROGRAM]

Each text has one to three parts, each part 1 to 6 lines in a row of one file of
$MLIN_DATA/langid/dev and at least so many bytes, joined by a space or a line
end.  bos_Latn, hrv_Latn and
srp_Latn are left out: at that length nobody can tell them apart.  Printed: the
share of bytes with the right label, of texts with exactly the right languages,
of texts in one language that stay whole, and MB/s of one thread, JSON included.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import time

LEFT_OUT = {"bos_Latn", "hrv_Latn", "srp_Latn"}


def read_lines(path):
    text = subprocess.run(["zstd", "-dcq", path], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    return [line for line in text.split("\n") if line]


def make_text(dev, rng, least):
    """A text, and [(bytes, label)] of its parts; neighbours differ."""
    parts, text = [], b""
    for label in rng.sample(sorted(dev), rng.randint(1, 3)):
        lines = dev[label]
        part = b""
        while len(part) < least:
            count = rng.randint(1, 6)
            at = rng.randrange(len(lines) - count)
            part = (rng.choice([" ", "\n"]).join(lines[at:at + count]) +
                    rng.choice([" ", "\n"])).encode()
        parts.append((len(part), label))
        text += part
    return text.decode(), parts


def measure(found, parts):
    """Bytes with the right label, and whether the languages are the right."""
    right, start = 0, 0
    for length, label in parts:
        right += sum(max(0, min(end, start + length) - max(begin, start))
                     for begin, end, guess in found if guess == label)
        start += length
    return right, ({guess for _, _, guess in found} ==
                   {label for _, label in parts})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=3000)
    parser.add_argument("--least", type=int, default=1)
    parser.add_argument("--mlin", default="build/mlin")
    options = parser.parse_args()
    directory = pathlib.Path(os.environ.get("MLIN_DATA", "../shared/data"))
    dev = {path.name[:8]: read_lines(path)
           for path in sorted((directory / "langid/dev").glob("*.txt.zst"))
           if path.name[:8] not in LEFT_OUT}
    if not dev:
        sys.exit("skipped: no texts of known language in MLIN_DATA")
    rng = random.Random(1)
    texts = [make_text(dev, rng, options.least) for _ in range(options.texts)]
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n"
                    for text, _ in texts)
    start = time.perf_counter()
    output = subprocess.run(
        [options.mlin, "langid", "--spans", "--quiet", "--threads", "1"],
        input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    seconds = time.perf_counter() - start

    total = right = exact = single = whole = 0
    for line, (text, parts) in zip(output.splitlines(), texts, strict=True):
        found = json.loads(line)["lang_spans"]
        bytes_right, languages_right = measure(found, parts)
        total += len(text.encode())
        right += bytes_right
        exact += languages_right
        if len(parts) == 1:
            single += 1
            whole += len(found) == 1
    print(f"{len(texts)} texts, {total / 1e6:.1f} MB: bytes right "
          f"{100 * right / total:.2f} %, languages exactly right "
          f"{100 * exact / len(texts):.2f} %, of {single} in one language "
          f"{100 * whole / single:.2f} % whole, {total / 1e6 / seconds:.0f} "
          "MB/s")


if __name__ == "__main__":
    main()
