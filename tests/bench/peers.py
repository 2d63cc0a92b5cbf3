#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Encoding beside Hugging Face tokenizers, each on one thread; then training
beside all of them: tests/bench/train.py.

    build/peers/venv/bin/python tests/bench/peers.py build/mlin [--tries N]

Both read the same JSON Lines (the first 40 MB of tests/bench/run's input) in a
process of their own; a figure is processor time (user + system), best of several,
the ratio theirs by ours.  Ours ends in shard files, theirs in memory.
"""
import json, os, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench"
BYTES = 40 * 10**6
TEXTS = "texts = [json.loads(line)['text'] for line in open(sys.argv[1])]\n"
ENCODE = f"""
import json, sys
from tokenizers import Tokenizer
{TEXTS}
t = Tokenizer.from_file(sys.argv[2])
print(sum(len(t.encode(text).ids) for text in texts))
"""


def measure(command, tries):
    best = None
    for _ in range(tries):
        env = dict(os.environ, RAYON_NUM_THREADS="1",
                   TOKENIZERS_PARALLELISM="false")
        child = subprocess.Popen([str(c) for c in command], env=env,
                                 stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"status {child.returncode}: {command}")
        cpu = usage.ru_utime + usage.ru_stime
        if best is None or cpu < best[0]:
            best = (cpu, usage.ru_maxrss / 1024)
    return best


def main():
    mlin = Path(sys.argv[1]).resolve()
    tries = int(sys.argv[sys.argv.index("--tries") + 1]) if "--tries" in sys.argv else 3
    docs, size = WORK / "peers.jsonl", 0
    source = max(WORK.glob("docs-*.jsonl"), key=lambda path: path.stat().st_size)
    with source.open() as lines, docs.open("w") as out:
        for line in lines:
            if size < BYTES:
                out.write(line)
                size += len(line.encode())
    tokenizer, python = WORK / "peers.json", sys.executable
    subprocess.run([mlin, "train", "--quiet", "--out", tokenizer,
                    "--vocab-size", "30000", "--pretokenizer", "llama3", docs],
                   check=True)
    a = measure([mlin, "encode", "--threads", "1", "--quiet", "--tokenizer",
                 tokenizer, "--eos", "none", "--out", WORK / "peers-shards",
                 docs], tries)
    b = measure([python, "-c", ENCODE, docs, tokenizer], tries)
    print(f"{size / 1e6:.0f} MB of documents, processor seconds, best of {tries}")
    print(f"{'':12}{'mlin':>8}{'peak MB':>9}{'HF':>8}{'peak MB':>9}{'ratio':>7}")
    print(f"{'encode':12}{a[0]:8.2f}{a[1]:9.0f}{b[0]:8.2f}{b[1]:9.0f}"
          f"{b[0] / a[0]:7.1f}", flush=True)
    sys.exit(subprocess.call([python, ROOT / "tests/bench/train.py", mlin]))


main()
