#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Near-duplicates beside datatrove and rensa, on the same documents.

    build/peers/venv/bin/python tests/bench/dedup.py build/mlin
        [--documents N] [--tries N]

From JSON Lines to JSON Lines, one thread each, 14 bands of 8 hashes of word
5-grams: mlin minhash, cluster and drop, and dedup --near; datatrove's four
steps (signature, buckets, cluster, filter), with its English words, which spaCy
makes, and with words that are parted at blanks, its fastest; rensa's
deduplicator on words of a regular expression.  Documents: MLIN_DATA/text in 24
languages, and the installation manual of Debian for several machines, which has
many near copies.

A figure is MB of the file by processor second (user and system), best of some
tries (one of datatrove).  Ours is of whole processes; of the others the import
of their packages is not counted.  Kept differs: datatrove does not verify, and
rensa keeps what is like no kept document.
"""
import importlib.util, json, os, random, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench" / "dedup"
DATA = Path(os.environ.get("MLIN_DATA") or "/nonexistent")
BEGIN = """
import json, os, re, resource, shutil, sys, time
os.environ["RAYON_NUM_THREADS"] = "1"
docs, work = sys.argv[1], sys.argv[2]
"""
END = """
begin = time.process_time()
run()
print(json.dumps({
    "seconds": time.process_time() - begin, "kept": kept(),
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
# xxhash 4 takes bytes alone, which datatrove 0.10.1 does not know.
DATATROVE = """
from loguru import logger
logger.remove()
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import minhash as m
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
import xxhash
shutil.rmtree(work, ignore_errors=True)

class Blanks:
    def word_tokenize(self, text):
        return text.split()

def reader():
    return JsonlReader(os.path.dirname(docs),
                       glob_pattern=os.path.basename(docs))

signer = m.MinhashDedupSignature(work + "/sig")
signer._hash_func = lambda text: xxhash.xxh64_intdigest(text.encode())
if BLANKS:
    signer.word_tokenizer = Blanks()
STEPS = [
    ([reader(), signer], 1),
    ([m.MinhashDedupBuckets(work + "/sig", work + "/buckets")], 14),
    ([m.MinhashDedupCluster(work + "/buckets", work + "/remove")], 1),
    ([reader(), m.MinhashDedupFilter(work + "/remove"),
      JsonlWriter(work + "/out", compression=None)], 1)]

def run():
    if not BLANKS:
        signer.word_tokenizer.word_tokenize("spaCy is loaded when it is used")
    for steps, tasks in STEPS:
        LocalPipelineExecutor(steps, tasks=tasks, workers=1,
                              logging_dir=work + "/logs",
                              skip_completed=False).run()

def kept():
    return sum(1 for name in os.listdir(work + "/out")
               for line in open(work + "/out/" + name))
"""
RENSA = """
from rensa import RMinHashDeduplicator
words = re.compile(r"\\w+")
count = 0

def shingles(text):
    found = words.findall(text.lower())
    return [" ".join(found[i:i + 5]) for i in range(max(1, len(found) - 4))]

def run():
    global count
    seen = RMinHashDeduplicator(0.72, 112, True, num_bands=14, seed=1)
    os.makedirs(work, exist_ok=True)
    with open(docs) as lines, open(work + "/out.jsonl", "w") as out:
        batch = []
        def flush():
            global count
            fresh = seen.add_pairs([(str(count + i), shingles(d["text"]))
                                    for i, d in enumerate(batch)])
            kept_now = [d for d, is_new in zip(batch, fresh) if is_new]
            for d in kept_now:
                out.write(json.dumps(d, ensure_ascii=False) + "\\n")
            count += len(batch)
            batch.clear()
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == 1000:
                flush()
        flush()

def kept():
    return sum(1 for line in open(work + "/out.jsonl"))
"""
PEERS = {
    "datatrove": (["datatrove", "spacy"], "BLANKS = False\n" + DATATROVE),
    "datatrove, words by blanks": (["datatrove"],
                                   "BLANKS = True\n" + DATATROVE),
    "rensa": (["rensa"], RENSA),
}


def unpack(path):
    return subprocess.run(["zstd", "-dcq", "--long=27", path], check=True,
                          capture_output=True).stdout.decode().splitlines()


def make_documents(count):
    path = WORK / f"docs-{count}.jsonl"
    if path.exists():
        return path
    manual = DATA / "dedup/install-guide-archs.docs.jsonl.zst"
    sources = sorted(DATA.glob("text/debian-bench/*.jsonl.zst"))
    if not sources or not manual.exists():
        sys.exit("MLIN_DATA has no documents")
    lines = [line for source in sources for line in unpack(source)]
    random.Random(1).shuffle(lines)
    lines = lines[:count] + unpack(manual)
    random.Random(2).shuffle(lines)
    WORK.mkdir(parents=True, exist_ok=True)
    with path.open("w") as out:
        for number, line in enumerate(lines):
            out.write(json.dumps({"id": f"d{number}",
                                  "text": json.loads(line)["text"]},
                                 ensure_ascii=False) + "\n")
    return path


def processor_seconds(command):
    with (WORK / "log").open("w") as log:
        child = subprocess.Popen(command, stdout=log)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"status {child.returncode}: {command}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ours(commands, out):
    spent = [processor_seconds(command) for command in commands]
    with out.open() as lines:
        kept = sum(1 for _ in lines)
    return {"seconds": sum(s for s, _ in spent), "kept": kept,
            "peak": max(p for _, p in spent)}


def batch(mlin, docs):
    index, out = WORK / "index", WORK / "kept.jsonl"
    one = ["--quiet", "--threads", "1"]
    return ours([[mlin, "minhash", *one, "--out", index, docs],
                 [mlin, "cluster", "--threads", "1", index],
                 [mlin, "drop", *one, "--list", index / "clusters.list",
                  "--out", out, docs]], out)


def stream(mlin, docs):
    out = WORK / "near.jsonl"
    return ours([[mlin, "dedup", "--near", "--quiet", "--threads", "1",
                  "--out", out, docs]], out)


def theirs(code, docs):
    done = subprocess.run([sys.executable, "-c", BEGIN + code + END, docs,
                           WORK / "peer"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def option(name, default):
    return (int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv
            else default)


def main():
    mlin = Path(sys.argv[1]).resolve()
    tries = option("--tries", 3)
    wanted = option("--documents", 20000)
    # A child makes them: what this process has held in memory would count as
    # the peak of every program that it starts.
    if "--make-documents" in sys.argv:
        make_documents(wanted)
        return
    subprocess.run([sys.executable, __file__, mlin, "--make-documents",
                    "--documents", str(wanted)], check=True)
    docs = make_documents(wanted)
    size = docs.stat().st_size / 1e6
    with docs.open() as lines:
        count = sum(1 for _ in lines)
    print(f"{count} documents, {size:.0f} MB, best of {tries}")
    print(f"{'':28}{'MB/s':>8}{'kept':>8}{'peak MB':>9}{'minhash+cluster+drop':>22}")
    best = None
    for name, run in (("mlin minhash+cluster+drop", batch),
                      ("mlin dedup --near", stream)):
        result = min((run(mlin, docs) for _ in range(tries)),
                     key=lambda r: r["seconds"])
        best = best or result["seconds"]
        print(f"{name:28}{size / result['seconds']:8.1f}{result['kept']:8}"
              f"{result['peak']:9.0f}", flush=True)
    for name, (packages, code) in PEERS.items():
        missing = [p for p in packages if not importlib.util.find_spec(p)]
        if missing:
            print(f"{name:28}skipped: no {', '.join(missing)}")
            continue
        result = min((theirs(code, docs) for _ in
                      range(tries if name == "rensa" else 1)),
                     key=lambda r: r["seconds"])
        print(f"{name:28}{size / result['seconds']:8.2f}{result['kept']:8}"
              f"{result['peak']:9.0f}{result['seconds'] / best:21.1f}x",
              flush=True)


main()
