#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Quality rules beside datatrove's filters, on the same documents.

    build/peers/venv/bin/python tests/bench/quality.py build/mlin
        [--documents N] [--tries N]

FineWeb-2's order: Gopher repetition, Gopher quality, FineWeb's rules; a document
goes at the first that drops it.  datatrove's limits are the same for every
language here, ours those of preset fineweb2: what is compared is the work, on
documents in 24 languages of MLIN_DATA/text, cut at 4,000 characters.  Its words
by its English splitter (spaCy), and parted at blanks, its fastest.  A figure is
MB of text by processor second (user and system), ours of the whole process with
reading and writing of JSON, theirs of the filters alone on texts in memory;
best of some tries.
"""
import json, os, random, resource, subprocess, sys, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench" / "quality"
DATA = Path(os.environ.get("MLIN_DATA") or "/nonexistent")


def option(name, otherwise):
    return (int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv
            else otherwise)


def documents(count):
    found = []
    for path in sorted((DATA / "text/debian-bench").glob("*.jsonl.zst")):
        lines = subprocess.run(["zstd", "-dc", path], capture_output=True,
                               check=True).stdout.splitlines()
        for line in lines:
            text = json.loads(line)["text"]
            found += [text[k:k + 4000] for k in range(0, len(text), 4000)]
    random.Random(1).shuffle(found)
    return found[:count]


def ours(mlin, rules, path, tries):
    best = None
    for _ in range(tries):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([mlin, "quality", "--rules", rules, "--threads", "1",
                        "-o", "/dev/null", path], check=True,
                       stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = (after.ru_utime - before.ru_utime +
                 after.ru_stime - before.ru_stime)
        best = min(best or spent, spent)
    return best


def theirs(texts, blanks):
    from datatrove.data import Document
    from datatrove.pipeline.filters import (fineweb_quality_filter as f,
                                            gopher_quality_filter as q,
                                            gopher_repetition_filter as r)
    if blanks:
        for module in (f, q, r):
            module.split_into_words = lambda text, language: text.split()
    filters = [r.GopherRepetitionFilter(), q.GopherQualityFilter(),
               f.FineWebQualityFilter()]
    for rule in filters:  # the splitter is loaded when it is first used
        rule.filter(Document(text="One two.\n" * 60, id="0"))
    begin = time.process_time()
    for text in texts:
        document = Document(text=text, id="0")
        for rule in filters:
            if rule.filter(document) is not True:
                break
    return time.process_time() - begin


def main():
    mlin = sys.argv[1]
    texts = documents(option("--documents", 20000))
    if not texts:
        print("SKIP no MLIN_DATA")
        return
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / "documents.jsonl"
    with path.open("w") as out:
        for text in texts:
            out.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} documents, {size:.1f} MB of text")
    rate = {}
    for rules in "fineweb2", "european", "c4":
        rate[rules] = size / ours(mlin, rules, path, option("--tries", 3))
        print(f"mlin quality --rules {rules:<10} {rate[rules]:8.1f} MB/s")
    # A tenth of the documents is enough for those that take so long.
    for name, part, blanks in (("spaCy", len(texts) // 20, False),
                               ("blanks", len(texts) // 4, True)):
        mb = sum(len(text.encode()) for text in texts[:part]) / 1e6
        speed = mb / theirs(texts[:part], blanks)
        print(f"datatrove, words by {name:<10} {speed:9.2f} MB/s: fineweb2 is "
              f"{rate['fineweb2'] / speed:.0f} times as fast")


main()
