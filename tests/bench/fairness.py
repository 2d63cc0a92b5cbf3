#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What languages pay for a vocabulary of 64,000, by the ways to weigh them.

    MLIN_DATA=... tests/bench/fairness.py build/mlin [--full]

Trains on all of MLIN_DATA/text (24 languages of the EU but Maltese; the sizes
differ a hundredfold) and measures on parallel text that nothing was trained or
chosen by: lines 501 to 998 of MLIN_DATA/langid/dev; `--dev` has lines 1 to 500.
(Up to two of the 1,000 lines are missing in some languages, so lines are not
each other's translation to the last, but totals are.)  Costs are tokens by
English's; --full prints each language, too.
"""
import json, os, subprocess, sys, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench" / "fairness"
DATA = Path(os.environ.get("MLIN_DATA") or "none")
LABELS = dict(
    bg="bul_Cyrl", ca="cat_Latn", cs="ces_Latn", da="dan_Latn", de="deu_Latn",
    el="ell_Grek", en="eng_Latn", es="spa_Latn", et="est_Latn", fi="fin_Latn",
    fr="fra_Latn", ga="gle_Latn", hr="hrv_Latn", hu="hun_Latn", it="ita_Latn",
    lt="lit_Latn", lv="lav_Latn", nl="nld_Latn", pl="pol_Latn", pt="por_Latn",
    ro="ron_Latn", sk="slk_Latn", sl="slv_Latn", sv="swe_Latn")
WAYS = [
    ("plain", []),
    ("alpha 0.3", ["--alpha", "0.3"]),
    ("parity, by training text", ["--parity", "base"]),
    ("parity, by dev", ["--parity", "base", "--dev", WORK / "dev"]),
    ("parity window, by dev", ["--parity", "window", "--dev", WORK / "dev"]),
    ("32,000 global, then by dev", ["--parity", "base", "--dev", WORK / "dev",
                                    "--global-merges", "32000"]),
]


def unpack(path):
    return subprocess.run(["zstd", "-dcq", "--long=27", path], check=True,
                          capture_output=True).stdout


def make_input():
    """The texts with labels for languages; parallel lines in two halves."""
    for folder in ("dev", "held-out"):
        (WORK / folder).mkdir(parents=True, exist_ok=True)
    for label in LABELS.values():
        path = DATA / "langid" / "dev" / f"{label}.txt.zst"
        if not path.exists():
            continue
        lines = unpack(path).splitlines(True)
        (WORK / "dev" / f"{label}.txt").write_bytes(b"".join(lines[:500]))
        (WORK / "held-out" / f"{label}.txt").write_bytes(
            b"".join(lines[500:998]))
    with (WORK / "docs.jsonl").open("w") as out:
        for path in sorted(DATA.glob("text/*/*.jsonl.zst")):
            for line in unpack(path).splitlines():
                doc = json.loads(line)
                out.write(json.dumps({"lang": LABELS[doc["lang"]],
                                      "text": doc["text"]},
                                     ensure_ascii=False) + "\n")


def main():
    mlin = Path(sys.argv[1]).resolve()
    if not (DATA / "text").exists():
        sys.exit("skipped: MLIN_DATA has no text")
    if not (WORK / "docs.jsonl").exists():
        make_input()
    counts = WORK / "words.cnt"
    subprocess.run([mlin, "count", "--quiet", "--pretokenizer", "llama3",
                    "-o", counts, WORK / "docs.jsonl"], check=True)
    print(f"{'':28}{'mean':>7}{'Gini':>8}{'worst/best':>12}  worst, best"
          f"{'tok/word':>20}{'train s':>9}")
    for name, options in WAYS:
        out = WORK / "tokenizer.json"
        begin = time.monotonic()
        subprocess.run([mlin, "train", "--quiet", "--threads", "1",
                        "--vocab-size", "64000", "-o", out, *options, counts],
                       check=True)
        seconds = time.monotonic() - begin
        said = subprocess.run(
            [mlin, "fertility", "--tokenizer", out, "--pivot", "eng_Latn",
             WORK / "held-out"], check=True, capture_output=True, text=True)
        mean = next(l for l in said.stdout.splitlines() if l.startswith("mean"))
        last = next(l for l in said.stdout.splitlines()
                    if l.startswith("tokens per line"))
        figures = last.split(": ")[1].replace(",", "").split()
        print(f"{name:28}{figures[1]:>7}{figures[3]:>8}{figures[5]:>12}  "
              f"{figures[6]:24}{mean.split()[1]:>7}{seconds:9.2f}", flush=True)
        if "--full" in sys.argv:
            print(said.stdout)


main()
