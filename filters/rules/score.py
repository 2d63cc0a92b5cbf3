#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fit the document score: filters/rules/score.tsv.

    score.py MLIN LABELLED.jsonl[.zst] > score.tsv

LABELLED: {"text", "lang", "labels": {"unnatural": 0|1, "porn": 0|1}} a line, as
HPLT's 1,700 documents have it.  Needs numpy.  What is printed is the same every
time; the figures of the cross-validation go to stderr.

A logistic regression of "not unnatural" on SIGNALS, each as z and z squared,
with an L2 penalty; the weight of `adult` is not fitted but set, so that a
document with 1 % of such words is below nearly all others: those words come
from lists written by hand, not from the labels.
"""
import json, subprocess, sys
import numpy as np

# None that changes with the length of a text: these texts are cut at 1,000
# characters, others are not.
SIGNALS = """char_ratio upper alpha_words non_alnum parentheses sentence_words
boilerplate hplt_punctuation word_length digits punctuation upper_words
number_words url_chars single_chars dup_5 dup_8""".split()
PENALTY, FOLDS = 30, 10
ADULT_SPREAD, ADULT_WEIGHT = 0.003, -2.5
# Where the two halves of a text were joined, the data has this line.
JOINT = "\n..........\n"


def signals(mlin, documents):
    lines = "".join(json.dumps({"text": d["text"].replace(JOINT, "\n"),
                                "lang": d["lang"]}) + "\n" for d in documents)
    out = subprocess.run([mlin, "quality", "--rules", "gopher", "--signals",
                          "--annotate"], input=lines.encode(), check=True,
                         capture_output=True).stdout
    return [json.loads(line)["quality"] for line in out.splitlines()]


def design(measured):
    """Columns z, z^2 of each signal; and (name, centre, spread) of each."""
    columns, scales = [], []
    for name in SIGNALS:
        value = np.array([m[name] for m in measured], float)
        centre = round(float(np.median(value)), 6)
        spread = round(float(np.percentile(value, 90) -
                             np.percentile(value, 10)) / 2.56, 6)
        spread = spread or round(float(value.std()), 6) or 1.0
        z = np.clip((value - centre) / spread, -3, 3)
        columns += [z, z * z]
        scales.append((name, centre, spread))
    return np.array(columns).T, scales


def fit(x, y):
    """Newton's method; the first weight is the intercept."""
    a = np.hstack([np.ones((len(x), 1)), x])
    w = np.zeros(a.shape[1])
    penalty = np.eye(a.shape[1]) * PENALTY
    penalty[0, 0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-a @ w))
        step = np.linalg.solve((a * (p * (1 - p))[:, None]).T @ a + penalty,
                               a.T @ (p - y) + penalty @ w)
        w -= step
        if abs(step).max() < 1e-9:
            return w
    raise SystemExit("the fit does not settle")


def auc(value, is_bad):
    """How often a bad document has a lower value than a good one."""
    bad, good = value[is_bad], value[~is_bad]
    less = (bad[:, None] < good[None, :]).mean()
    return float(less + (bad[:, None] == good[None, :]).mean() / 2)


def macro(value, is_bad, langs):
    found = [auc(value[langs == lang], is_bad[langs == lang])
             for lang in sorted(set(langs)) if is_bad[langs == lang].any()]
    return sum(found) / len(found), len(found)


def cross_validate(x, adult, documents, log):
    langs = np.array([d["lang"] for d in documents])
    unnatural = np.array([d["labels"]["unnatural"] for d in documents]) == 1
    porn = np.array([d["labels"]["porn"] for d in documents]) == 1
    fold = np.random.default_rng(1).integers(0, FOLDS, len(x))
    for what, groups in ("folds", fold), ("languages left out", langs):
        out = np.zeros(len(x))
        for group in sorted(set(groups)):
            here = groups == group
            w = fit(x[~here], (~unnatural[~here]).astype(float))
            out[here] = w[0] + x[here] @ w[1:]
        out += ADULT_WEIGHT * adult
        log(f"{what}: macro AUC unnatural {macro(out, unnatural, langs)[0]:.3f}"
            f", porn {macro(out, porn, langs)[0]:.3f}")
        bad = unnatural | porn
        for share in 0.01, 0.03, 0.05, 0.1:
            limit = np.quantile(out[~bad], share)
            log(f"  {100 * share:g} % of good documents below "
                f"{1 / (1 + np.exp(-limit)):.3f}, "
                f"{100 * (out[bad] < limit).mean():.1f} % of bad ones")


def main():
    mlin, path = sys.argv[1:]
    text = subprocess.run(["zstd", "-dcf", path], check=True,
                          capture_output=True).stdout
    documents = [json.loads(line) for line in text.splitlines()]
    measured = signals(mlin, documents)
    x, scales = design(measured)
    adult = np.clip(np.array([m["adult"] for m in measured]) / ADULT_SPREAD,
                    -3, 3)
    log = lambda line: print(line, file=sys.stderr)
    cross_validate(x, adult, documents, log)
    w = fit(x, np.array([1.0 - d["labels"]["unnatural"] for d in documents]))
    print("# How likely a reader calls a document good: filters/score.h.\n"
          f"# Written by filters/rules/score.py from {len(documents)} documents "
          "of HPLT v2 that\n# volunteers have labelled.\n#\n"
          "# signal\tcentre\tspread\tweight\tbend\n"
          f"intercept\t0\t1\t{w[0]:.4f}\t0\n"
          f"adult\t0\t{ADULT_SPREAD:g}\t{ADULT_WEIGHT:g}\t0")
    for i, (name, centre, spread) in enumerate(scales):
        print(f"{name}\t{centre:g}\t{spread:g}\t{w[2 * i + 1]:.4f}\t"
              f"{w[2 * i + 2]:.4f}")


main()
