#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training and encoding beside Hugging Face tokenizers, each on one thread.

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
PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|"
           r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")

TEXTS = "texts = [json.loads(line)['text'] for line in open(sys.argv[1])]\n"
TRAIN = f"""
import json, sys
from tokenizers import Tokenizer, Regex, models, pre_tokenizers, trainers
{TEXTS}
t = Tokenizer(models.BPE())
t.pre_tokenizer = pre_tokenizers.Sequence([
    pre_tokenizers.Split(Regex({PATTERN!r}), "isolated"),
    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
t.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=30000,
    show_progress=False,
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
t.save(sys.argv[2])
"""
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
    rows = [
        ("train 30k", [mlin, "train", "--threads", "1", "--quiet", "--out",
                       tokenizer, "--vocab-size", "30000", "--pretokenizer",
                       "llama3", docs],
         [python, "-c", TRAIN, docs, WORK / "peers-hf.json"]),
        ("encode", [mlin, "encode", "--threads", "1", "--quiet", "--tokenizer",
                    tokenizer, "--eos", "none", "--out", WORK / "peers-shards",
                    docs],
         [python, "-c", ENCODE, docs, tokenizer]),
    ]
    print(f"{size / 1e6:.0f} MB of documents, processor seconds, best of {tries}")
    print(f"{'':12}{'mlin':>8}{'peak MB':>9}{'HF':>8}{'peak MB':>9}{'ratio':>7}")
    for name, ours, theirs in rows:
        a, b = measure(ours, tries), measure(theirs, tries)
        print(f"{name:12}{a[0]:8.2f}{a[1]:9.0f}{b[0]:8.2f}{b[1]:9.0f}"
              f"{b[0] / a[0]:7.1f}", flush=True)
    same = (json.loads(tokenizer.read_text())["model"]["merges"] ==
            json.loads((WORK / "peers-hf.json").read_text())["model"]["merges"])
    print("merges are equal" if same else "MERGES DIFFER")
    sys.exit(0 if same else 1)


main()
