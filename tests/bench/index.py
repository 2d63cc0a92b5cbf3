#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A crawl against indexes of 0, 10^5, 10^6 and 10^7 documents: docs/scale.md.

    make build/tests/bench/signatures
    tests/bench/index.py build/mlin DOCS.jsonl WORK [RUNS]

The indexes are of documents that never were (tests/bench/signatures.c), in
RUNS runs each (default: 1); the crawl is DOCS.jsonl, and `again` is the same
crawl under another name, when all of it is there.  WORK keeps the indexes.
A figure is MB of DOCS by second of wall time and of processor time; memory is
the largest anonymous and the largest whole resident set that was seen.  `cold`
is after the index was put out of the system's cache.
"""
import os, pathlib, shutil, subprocess, sys, time

mlin, docs, work = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 1
signatures = str(pathlib.Path(mlin).parent / "tests/bench/signatures")
megabytes = os.path.getsize(docs) / 1e6


def make(count):
    index = work / f"index-{count}-{runs}"
    if not index.exists() and count:
        folder = work / f"made-{count}-{runs}"
        folder.mkdir(parents=True)
        subprocess.run([signatures, "make", folder, str(count), str(runs), "0",
                        str(runs), "8"], check=True)
        subprocess.run([mlin, "index", "-o", index, *folder.glob("*.mh")],
                       check=True)
        shutil.rmtree(folder)
    return index


def chill(index):
    for file in index.glob("*"):
        fd = os.open(file, os.O_RDONLY)
        os.fsync(fd)
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(fd)


def warm(index):
    for file in index.glob("*"):
        with open(file, "rb") as f:
            while f.read(1 << 24):
                pass


def resident(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        return [int(lines[key].split()[0]) / 1024
                for key in ("RssAnon", "VmRSS")]
    except (OSError, KeyError):
        return [0, 0]


def run(words):
    began, before, most = time.monotonic(), os.times(), [0, 0]
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        most = list(map(max, most, resident(child.pid)))
        time.sleep(0.01)
    assert child.returncode == 0, words
    wall, after = time.monotonic() - began, os.times()
    cpu = (after.children_user + after.children_system -
           before.children_user - before.children_system)
    return (f"{megabytes / wall:7.1f} {megabytes / cpu:7.1f}   "
            f"{most[0]:6.0f} {most[1]:6.0f} {wall:6.1f}")


print("documents  what          MB/s  by CPU   anon    all MB  seconds")
print(f"        -  dedup      {run([mlin, 'dedup', '--quiet', '--near', docs])}")
for count in (0, 10**5, 10**6, 10**7):
    index = make(count)
    copy = work / "copy"
    for kind in ("lookup", "lookup cold", "dedup cold", "dedup", "again"):
        if count == 0 and kind not in ("dedup", "again"):
            continue
        if kind != "again":
            shutil.rmtree(copy, ignore_errors=True)
            if count:
                subprocess.run([mlin, "index", "-o", copy, index], check=True)
                (chill if "cold" in kind else warm)(copy)
        words = [mlin, "lookup", "--quiet", "--index", copy, docs]
        if "lookup" not in kind:
            words[1:2] = ["dedup", "--near", "--name", kind.split()[0]]
        print(f"{count:9}  {kind:11}{run(words)}", flush=True)
    if count:
        size = sum(f.stat().st_size for f in index.glob("*"))
        print(f"{size / count:.0f} bytes a document")
