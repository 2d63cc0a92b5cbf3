#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Encoding beside Hugging Face tokenizers, tiktoken and Gigatoken, each on one
thread, by language; then training beside all of them: tests/bench/train.py.

    build/peers/venv/bin/python tests/bench/encode.py build/mlin
        [--tries N] [--megabytes N] [--no-train]

All have the same vocabulary: 64,000 entries, pattern llama3, trained on the mix.
mlin reads JSON Lines and ends in shard files, and its figure is of the whole
process less that of one without documents (which reads the vocabulary); the
others get texts in memory, nothing but their encoding is counted, and their ids
stay in memory.  A figure is MB of text by processor second (user
and system), best of several, each with a tokenizer that has seen nothing; the
ratios are ours by theirs.  "again" is a tokenizer's second pass over the texts.
Numbers of tokens are compared, too.  Peers come from PyPI; one that cannot be
installed is left out, and said to be.
"""
import importlib.util, json, os, shutil, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench"
DATA = Path(os.environ.get("MLIN_DATA", "/nonexistent"))
LANGUAGES = {
    "Latin (de)": "text/debian-bench/de.jsonl.zst",
    "Cyrillic (bg)": "text/debian-bench/bg.jsonl.zst",
    "Greek (el)": "text/debian-bench/el.jsonl.zst",
    "Georgian (ka)": "langid/train/kat_Geor.txt.zst",
}
BEGIN = """
import json, os, resource, sys, time
os.environ["RAYON_NUM_THREADS"] = "1"
texts = [json.loads(line)["text"] for line in open(sys.argv[1])]
size = sum(len(text.encode()) for text in texts)
"""
END = """
for again in range(2):
    begin = time.process_time()
    ids = encode(texts)
    spent = time.process_time() - begin
    print(json.dumps({"speed": size / spent / 1e6, "tokens": count(ids),
                      "peak": resource.getrusage(resource.RUSAGE_SELF)
                                      .ru_maxrss / 1024}))
"""
PEERS = {
    "tokenizers": ["tokenizers"],
    "tiktoken": ["tiktoken"],
    "gigatoken": ["gigatoken", "awkward"],
}
CODE = {
    "tokenizers": """
from tokenizers import Tokenizer
t = Tokenizer.from_file(sys.argv[2])
encode = lambda texts: [t.encode(text).ids for text in texts]
count = lambda ids: sum(map(len, ids))
""",
    "tiktoken": """
import tiktoken
data = json.load(open(sys.argv[2]))
chars = [*range(33, 127), *range(161, 173), *range(174, 256)]
byte_of = {chr(c): c for c in chars}
byte_of.update({chr(256 + i): b for i, b in enumerate(
    b for b in range(256) if b not in chars)})
ranks = {bytes(map(byte_of.get, token)): id
         for token, id in data["model"]["vocab"].items()}
t = tiktoken.Encoding("ours", pat_str=data["pre_tokenizer"]["pretokenizers"][0]
                      ["pattern"]["Regex"], mergeable_ranks=ranks,
                      special_tokens={})
encode = lambda texts: [t.encode_ordinary(text) for text in texts]
count = lambda ids: sum(map(len, ids))
""",
    "gigatoken": """
import gigatoken
t = gigatoken.Tokenizer.from_json(open(sys.argv[2]).read())
texts = [text.encode() for text in texts]
encode = lambda texts: t.encode_batch(texts, parallel=False)
count = lambda ids: sum(map(len, ids))
""",
}


def pieces(path):
    """The texts of a file, in documents of about 4 kB."""
    data = subprocess.run(["zstd", "-dc", "--long=27", path], check=True,
                          capture_output=True).stdout.decode()
    if path.name.endswith(".jsonl.zst"):
        for line in data.splitlines():
            text = json.loads(line)["text"]
            yield from (text[k:k + 4000] for k in range(0, len(text), 4000))
    else:
        yield from (data[k:k + 2000] for k in range(0, len(data), 2000))


def write_documents(name, texts, limit):
    path, size = WORK / f"encode-{name}.jsonl", 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as out:
        for text in texts:
            out.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
            size += len(text.encode())
            if size >= limit:
                break
    return path, size


def mix():
    source = max(WORK.glob("docs-*.jsonl"), key=lambda p: p.stat().st_size)
    for line in source.open():
        yield json.loads(line)["text"]


def seconds(mlin, docs, tokenizer, shards):
    """Processor seconds and peak MB."""
    child = subprocess.Popen(
        [mlin, "encode", "--quiet", "--threads", "1", "--tokenizer", tokenizer,
         "--eos", "none", "--out", shards, docs])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit("mlin encode failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def least(mlin, docs, tokenizer, shards):
    """Of three tries, each into an empty directory."""
    tried = []
    for _ in range(3):
        shutil.rmtree(shards, ignore_errors=True)
        tried.append(seconds(mlin, docs, tokenizer, shards))
    return min(tried)


def ours(mlin, docs, size, tokenizer):
    shards = WORK / "encode-shards"
    # A start that happened to be slow must not make the rest look fast.
    idle = least(mlin, "/dev/null", tokenizer, shards)[0]
    spent, peak = least(mlin, docs, tokenizer, shards)
    return {"speed": size / (spent - idle) / 1e6, "peak": peak,
            "tokens": (shards / "tokens.bin").stat().st_size // 2}


def theirs(name, docs, tokenizer):
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + CODE[name] + END, docs, tokenizer],
        capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{name}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def install():
    found = []
    for name, packages in PEERS.items():
        missing = [p for p in packages if not importlib.util.find_spec(p)]
        if missing and subprocess.run([sys.executable, "-m", "pip", "-q",
                                       "install", *missing],
                                      capture_output=True).returncode != 0:
            print(f"{name}: skipped, it cannot be installed")
        else:
            found.append(name)
    return found


def option(name, default):
    return (int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv
            else default)


def main():
    mlin = Path(sys.argv[1]).resolve()
    tries, limit = option("--tries", 3), option("--megabytes", 100) * 10**6
    tokenizer = WORK / "encode.json"
    peers = install()
    corpora = {"mix": mix()}
    for name, path in LANGUAGES.items():
        if (DATA / path).exists():
            corpora[name] = pieces(DATA / path)
    failed = 0
    print(f"{'':15}{'MB':>5}  {'mlin':>12}", *(f"{p:>34}" for p in peers))
    for name, texts in corpora.items():
        docs, size = write_documents(name.split()[0], texts, limit)
        if not tokenizer.exists():
            subprocess.run([mlin, "train", "--quiet", "--out", tokenizer,
                            "--vocab-size", "64000", "--pretokenizer",
                            "llama3", docs], check=True)
        mine = max((ours(mlin, docs, size, tokenizer) for _ in range(tries)),
                   key=lambda r: r["speed"])
        row = f"{name:15}{size / 1e6:5.0f}  {mine['speed']:5.0f} " \
              f"({mine['peak']:.0f} MB)"
        for peer in peers:
            runs = [theirs(peer, docs, tokenizer)
                    for _ in range(tries if peer == "gigatoken" else 1)]
            best = max(runs, key=lambda r: r[0]["speed"])
            again = max(r[1]["speed"] for r in runs)
            same = best[0]["tokens"] == mine["tokens"]
            failed += not same
            row += f"  {best[0]['speed']:6.1f} again {again:6.1f}" \
                   f" x{mine['speed'] / best[0]['speed']:5.1f}" \
                   f" {best[0]['peak']:5.0f} MB{'' if same else ' DIFFERS'}"
        print(row, flush=True)
    if "--no-train" not in sys.argv:
        failed += subprocess.call([sys.executable,
                                   ROOT / "tests/bench/train.py", mlin])
    sys.exit(failed > 0)


main()
