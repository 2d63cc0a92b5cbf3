#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What each signal, our document score, HPLT's and the presets say of documents
that volunteers have judged:

    labelled.py MLIN LABELLED.jsonl[.zst] [TSV]

LABELLED: {"text", "lang", "labels": {"unnatural", "porn", "lang_correct"}} a
line, as HPLT's 1,700 documents.  AUC: how often a bad document has a worse
value than a good one of its language; macro: the mean over languages that have
a bad one.  The score of filters/rules/score.tsv was fitted on these documents:
its line here is in-sample, the cross-validated one is by filters/rules/score.py.
TSV: label, signal and the AUC of each language, of every signal.
"""
import json, subprocess, sys
from collections import defaultdict

JOINT = "\n..........\n"  # where the halves of a cut text were joined


def run(mlin, *arguments, lines):
    out = subprocess.run([mlin, *arguments], input="".join(lines).encode(),
                         check=True, capture_output=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def auc(values, bad):
    """Of the value being higher for bad documents; ties count half."""
    order = sorted(range(len(values)), key=values.__getitem__)
    rank_sum, i = 0.0, 0
    while i < len(order):
        j = i
        while j < len(order) and values[order[j]] == values[order[i]]:
            j += 1
        rank = (i + 1 + j) / 2
        rank_sum += rank * sum(bad[k] for k in order[i:j])
        i = j
    n = sum(bad)
    return (rank_sum - n * (n + 1) / 2) / (n * (len(bad) - n))


def by_language(values, bad, langs):
    groups = defaultdict(lambda: ([], []))
    for value, is_bad, lang in zip(values, bad, langs):
        groups[lang][0].append(value)
        groups[lang][1].append(is_bad)
    return {lang: auc(*group) for lang, group in sorted(groups.items())
            if 0 < sum(group[1]) < len(group[1])}


def macro(values, bad, langs):
    found = by_language(values, bad, langs).values()
    return sum(found) / len(found)


def write_tsv(path, measured, labels, langs):
    with open(path, "w") as file:
        for name, bad in labels.items():
            for i, signal in enumerate(measured[0]):
                found = by_language([m[signal] for m in measured], bad, langs)
                if i == 0:
                    print("label", "signal", *found, sep="\t", file=file)
                print(name, signal, *(f"{v:.3f}" for v in found.values()),
                      sep="\t", file=file)


def preset(mlin, name, lines, bad):
    dropped = ["drop_quality" in d for d in
               run(mlin, "quality", "--rules", name, "--annotate", lines=lines)]
    good_lost = sum(d for d, b in zip(dropped, bad) if not b) / bad.count(0)
    bad_gone = sum(d for d, b in zip(dropped, bad) if b) / sum(bad)
    # A preset is one point; at 3 % of good documents lost it removes no more
    # than by dropping a random part of what it drops.
    at_three = bad_gone * min(1, 0.03 / good_lost) if good_lost else bad_gone
    print(f"  {name:<10} good lost {100 * good_lost:5.1f} %, bad removed "
          f"{100 * bad_gone:5.1f} %; at 3 % of good lost {100 * at_three:5.1f} %")


def main():
    mlin, path, *tsv = sys.argv[1:]
    text = subprocess.run(["zstd", "-dcf", path], check=True,
                          capture_output=True).stdout
    documents = [json.loads(line) for line in text.splitlines()]
    lines = [json.dumps({"text": d["text"].replace(JOINT, "\n"),
                         "lang": d["lang"]}) + "\n" for d in documents]
    langs = [d["lang"] for d in documents]
    labels = {name: [d["labels"][name] for d in documents]
              for name in ("unnatural", "porn")}
    measured = [d["quality"] for d in
                run(mlin, "quality", "--rules", "gopher", "--signals",
                    "--annotate", lines=lines)]
    print("signal               unnatural   porn   (macro AUC, 0.5 says nothing)")
    for signal in measured[0]:
        values = [m[signal] for m in measured]
        row = [macro(values, labels[name], langs) for name in labels]
        print(f"{signal:<22}{row[0]:7.3f}{row[1]:8.3f}")
    if tsv:
        write_tsv(tsv[0], measured, labels, langs)
    for signal in "score", "hplt_score", "adult":
        for name in labels:
            sign = 1 if signal == "adult" else -1
            found = by_language([sign * m[signal] for m in measured],
                                labels[name], langs)
            print(f"{signal} for {name}: " + ", ".join(
                f"{lang} {value:.2f}" for lang, value in found.items()))
    bad = [int(u or p) for u, p in zip(labels["unnatural"], labels["porn"])]
    print("presets, for unnatural or porn:")
    for name in "gopher", "c4", "fineweb", "fineweb2", "european":
        preset(mlin, name, lines, bad)
    wrong = [1 - d["labels"]["lang_correct"] for d in documents]
    found = run(mlin, "langid", "--lang-field", "got", "--spans", lines=lines)
    own = []
    for document in found:
        spans = document["got_spans"]
        total = sum(end - begin for begin, end, _ in spans)
        own.append(sum(end - begin for begin, end, label in spans
                       if label == document["lang"]) / total if total else 1)
    score = [d["got_score"] if d["got"] == d["lang"] else 1 - d["got_score"]
             for d in found]
    print(f"wrong language, all documents in one: AUC of lang_score "
          f"{auc([-s for s in score], wrong):.3f}, of the share of spans in "
          f"the language {auc([-s for s in own], wrong):.3f}")


main()
