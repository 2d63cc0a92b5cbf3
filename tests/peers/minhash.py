#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The datatrove preset beside datatrove itself: every number of every signature.

datatrove's own words come from a tokenizer per language; here both part at
white space, what the preset is for.
"""
import json, os, subprocess, sys, tempfile
from pathlib import Path

from common import finish, report, skip, unpack

sys.path.pop(0)  # regex.py of this folder is not the package of that name
import xxhash
try:
    from datatrove.pipeline.dedup.minhash import (MinhashConfig,
                                                  MinhashDedupSignature)
except ImportError as error:
    skip(f"datatrove's minhash: {error}")
    sys.exit(finish())


class Blanks:
    def word_tokenize(self, text):
        return text.split()


def texts():
    yield from ["The mill stands; 12,5 tons — and 3.4.5 more!", "one two three",
                "ΟΔΟΣ ΜΥΛΟΣ ΟΔΥΣΣΕΥΣ εἰς τὸν μύλον ΑΣ", "İstanbul I ı Ẽ ﬁ ß ẞ x",
                "a b c d \u0301 e f g h", "١٢٣٫٤٥ ٦ ٧ و طاحونة قديمة هنا",
                "x\x1cy\x85z\u2028w\u3000v u\u200bt s r", "ﾐｽﾞ 水 車 小 屋 の 絵"]
    data = Path(os.environ.get("MLIN_DATA") or "/nonexistent")
    for language in ["bg", "cs", "de", "el", "fi", "ga", "hu", "lt", "pl", "sv"]:
        path = data / f"text/debian-bench/{language}.jsonl.zst"
        if not path.exists():
            skip(f"{language}: no MLIN_DATA")
            continue
        for line in unpack(path).decode().splitlines()[:12]:
            yield json.loads(line)["text"][:6000]


def main():
    mlin = sys.argv[1]
    signer = MinhashDedupSignature.__new__(MinhashDedupSignature)
    config = MinhashConfig()
    signer.config, signer.num_hashes = config, 112
    signer._parameters, signer.word_tokenizer = None, Blanks()
    # What its own function does where xxhash still takes a str.
    signer._hash_func = lambda shingle: xxhash.xxh64_intdigest(shingle.encode())
    docs = list(texts())
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for text in docs:
            file.write(json.dumps({"text": text}) + "\n")
        file.flush()
        out = subprocess.run(
            [mlin, "minhash", "--pass", "--signature-field", "s", "--preset",
             "datatrove", file.name], check=True, capture_output=True).stdout
    same = 0
    for text, line in zip(docs, out.decode().splitlines()):
        shingles = signer.get_shingles(text)
        theirs = ([n for band in signer.get_signature(shingles) for n in band]
                  if shingles.size else [])
        mine = json.loads(line)["s"]
        same += mine == theirs
        if mine != theirs:
            print("differs:", repr(text[:60]), mine[:2], theirs[:2])
    report(same == len(docs), f"{same} of {len(docs)} signatures are datatrove's")
    sys.exit(finish())


main()
