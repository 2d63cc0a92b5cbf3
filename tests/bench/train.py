#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training a vocabulary beside the trainers of the field, each on one thread.

    build/peers/venv/bin/python tests/bench/train.py build/mlin
        [--megabytes N] [--tries N] [--only NAME,NAME...]

The text is that of tests/bench/run, 300 MB of it, and the vocabulary has 64,000
entries.  mlin, Hugging Face and rustbpe read JSON Lines and part text by the
same pattern; SentencePiece and YouTokenToMe read the same text as plain lines,
which is what they take.  Each runs in a process of its own; figures are of the
whole process: processor seconds (user + system), seconds, and peak memory, each
the least of several tries; ratios are to the first row.  Peers that are missing
are installed from PyPI; those that cannot be are skipped, and said to be.

Ours also on two threads, and with 262,144 entries.  SentencePiece comes twice:
what PyPI has, and the release of Debian 12 and Ubuntu 24.04, whose trainer is
another (it takes minutes).  Ends with status 1 when Hugging Face's merges are
not ours.
"""
import importlib.util, json, os, subprocess, sys, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench"
SIZE, LARGE = 64000, 262144
PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|"
           r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")

# Documents one by one, so that no trainer pays for a list of them.
TEXTS = """
import json, sys
texts = (json.loads(line)["text"] for line in open(sys.argv[1]))
"""
HUGGING_FACE = f"""{TEXTS}
from tokenizers import Tokenizer, Regex, models, pre_tokenizers, trainers
t = Tokenizer(models.BPE())
t.pre_tokenizer = pre_tokenizers.Sequence([
    pre_tokenizers.Split(Regex({PATTERN!r}), "isolated"),
    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
t.train_from_iterator(texts, trainers.BpeTrainer(vocab_size={SIZE},
    show_progress=False,
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
t.save(sys.argv[2])
"""
RUSTBPE = f"""{TEXTS}
import rustbpe
t = rustbpe.Tokenizer()
t.train_from_iterator(texts, {SIZE}, pattern={PATTERN!r})
ranks = t.get_mergeable_ranks()
assert len(ranks) == {SIZE}, len(ranks)
"""
# Lines above its limit would be left out; identity is the least work.
SENTENCEPIECE = f"""
import sys
import sentencepiece
sentencepiece.SentencePieceTrainer.train(input=sys.argv[1],
    model_prefix=sys.argv[2], model_type="bpe", vocab_size={SIZE},
    num_threads=1, byte_fallback=True, normalization_rule_name="identity",
    max_sentence_length=1 << 20, minloglevel=1)
"""
YOUTOKENTOME = f"""
import sys
import youtokentome
youtokentome.BPE.train(data=sys.argv[1], model=sys.argv[2], vocab_size={SIZE},
                       n_threads=1)
"""

# name, package, how pip gets it, program, what it reads
PEERS = [
    ("Hugging Face", "tokenizers", [["tokenizers==0.23.2"]], HUGGING_FACE,
     "jsonl"),
    ("SentencePiece", "sentencepiece", [["sentencepiece==0.2.3"]],
     SENTENCEPIECE, "txt"),
    ("rustbpe", "rustbpe", [["rustbpe==0.1.0"]], RUSTBPE, "jsonl"),
    # Its build needs what it does not ask for.
    ("YouTokenToMe", "youtokentome",
     [["cython", "setuptools<70", "wheel"],
      ["--no-build-isolation", "youtokentome==1.0.6"]], YOUTOKENTOME, "txt"),
]


def debian_sentencepiece(text, out):
    """The command of Debian's spm_train, or None."""
    deps = subprocess.run([ROOT / ".ci/deps", "sentencepiece"],
                          capture_output=True, text=True)
    if deps.returncode != 0:
        print(f"SKIPPED spm_train of Debian: {deps.stderr.strip()}")
        return None
    return ["spm_train", f"--input={text}", f"--model_prefix={out}",
            "--model_type=bpe", f"--vocab_size={SIZE}", "--num_threads=1",
            "--byte_fallback=true", "--normalization_rule_name=identity",
            f"--max_sentence_length={1 << 20}", "--minloglevel=1"]


def option(name, default):
    return type(default)(sys.argv[sys.argv.index(name) + 1]) \
        if name in sys.argv else default


def make_text(docs, text):
    """The documents as plain lines."""
    part = text.with_suffix(".part")
    with docs.open() as lines, part.open("w") as out:
        for line in lines:
            out.write(json.loads(line)["text"].rstrip("\n") + "\n")
    part.rename(text)


def install(name, package, steps):
    """True when the package is there, or could be made to be."""
    if importlib.util.find_spec(package):
        return True
    for step in steps:
        pip = subprocess.run([sys.executable, "-m", "pip", "install", "-q",
                              "--disable-pip-version-check", *step],
                             capture_output=True, text=True)
        if pip.returncode != 0:
            why = (pip.stderr.strip() or pip.stdout.strip() or "pip failed")
            print(f"SKIPPED {name}: pip install {' '.join(step)}: "
                  f"{why.splitlines()[-1]}", flush=True)
            return False
    return True


def measure(command, tries):
    """Processor seconds, seconds and peak MB, each the least of the tries."""
    tried = []
    env = dict(os.environ, RAYON_NUM_THREADS="1", OMP_NUM_THREADS="1",
               TOKENIZERS_PARALLELISM="false")
    for _ in range(tries):
        begin = time.monotonic()
        child = subprocess.Popen([str(c) for c in command], env=env,
                                 stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"status {child.returncode}: {command}\n{said}")
        cpu = usage.ru_utime + usage.ru_stime
        tried.append((cpu, wall, usage.ru_maxrss / 1024))
    return [min(figures) for figures in zip(*tried)]


def print_row(name, seen, ours, size):
    print(f"{name:24}{seen[0]:9.2f}{seen[1]:9.2f}{size / 1e6 / seen[0]:10.1f}"
          f"{seen[2]:9.0f}{seen[0] / ours[0]:9.1f}{seen[1] / ours[1]:9.2f}"
          f"{seen[2] / ours[2]:9.1f}", flush=True)


def model_of(path):
    return json.loads(path.read_text())["model"]


def main():
    mlin = Path(sys.argv[1]).resolve()
    megabytes, tries = option("--megabytes", 300), option("--tries", 1)
    only = [name for name in option("--only", "").split(",") if name]
    docs, text = WORK / f"docs-{megabytes}.jsonl", WORK / f"text-{megabytes}.txt"

    # Children make the input and look at results: what this process has held
    # in memory would count as the peak of the programs that it starts.
    if "--make-text" in sys.argv:
        return make_text(docs, text)
    if "--compare" in sys.argv:
        return compare()
    subprocess.run([sys.executable, ROOT / "tests/bench/run", mlin,
                    "--make-input", "--megabytes", str(megabytes)], check=True)
    if not text.exists():
        subprocess.run([sys.executable, __file__, mlin, "--make-text",
                        "--megabytes", str(megabytes)], check=True)
    size = text.stat().st_size

    def ours(entries, threads, name):
        return measure([mlin, "train", "--threads", str(threads), "--quiet",
                        "--out", WORK / name, "--vocab-size", str(entries),
                        "--pretokenizer", "llama3", docs], tries)

    print(f"{size / 1e6:.0f} MB of text, least of {tries}, ratios to the first row")
    print(f"{'':24}{'CPU s':>9}{'s':>9}{'MB/CPU s':>10}{'peak MB':>9}"
          f"{'x CPU':>9}{'x s':>9}{'x peak':>9}")
    one = ours(SIZE, 1, "train-64k.json")
    print_row("mlin 64k, 1 thread", one, one, size)
    print_row("mlin 64k, 2 threads", ours(SIZE, 2, "train-64k-2.json"), one,
              size)
    print_row("mlin 262k, 1 thread", ours(LARGE, 1, "train-262k.json"), one,
              size)
    (WORK / "train-hf.json").unlink(missing_ok=True)
    for name, package, steps, program, kind in PEERS:
        if only and package not in only:
            print(f"SKIPPED {name}: --only does not name {package}")
        elif install(name, package, steps):
            out = WORK / ("train-hf.json" if package == "tokenizers"
                          else f"train-{package}")
            source = docs if kind == "jsonl" else text
            print_row(f"{name} 64k", measure([sys.executable, "-c", program,
                                              source, out], tries), one, size)
    if only and "spm_train" not in only:
        print("SKIPPED spm_train of Debian: --only does not name it")
    else:
        command = debian_sentencepiece(text, WORK / "train-spm")
        if command:
            print_row("spm_train, Debian 64k", measure(command, 1), one, size)
    sys.exit(subprocess.call([sys.executable, __file__, mlin, "--compare"]))


def compare():
    """What the figures are worth nothing without."""
    wrong = 0
    mine = model_of(WORK / "train-64k.json")
    for name, entries in (("64k", SIZE), ("262k", LARGE)):
        have = len(model_of(WORK / f"train-{name}.json")["vocab"])
        if have != entries:
            print(f"NOT REACHED: {have} of {entries} entries; more text is "
                  "needed")
    if (WORK / "train-64k.json").read_bytes() != \
            (WORK / "train-64k-2.json").read_bytes():
        print("TWO THREADS MADE ANOTHER FILE THAN ONE")
        wrong = 1
    if (WORK / "train-hf.json").exists():
        theirs = model_of(WORK / "train-hf.json")
        differ = sum(a != b for a, b in zip(mine["merges"], theirs["merges"]))
        if differ or len(mine["merges"]) != len(theirs["merges"]):
            print(f"MERGES DIFFER FROM HUGGING FACE'S: {differ} of "
                  f"{len(mine['merges'])}, {len(theirs['merges'])}")
            wrong = 1
        else:
            print(f"{len(mine['merges'])} merges are Hugging Face's")
    sys.exit(wrong)


main()
