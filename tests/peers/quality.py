#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Quality rules beside datatrove's own filters: verdict and reason for each of
20,000 real documents and more, filter by filter, words parted at blanks."""
import json, os, subprocess, sys, tempfile, unicodedata
from collections import Counter
from pathlib import Path

from common import finish, report, skip, unpack

sys.path.pop(0)  # regex.py of this folder is not the package of that name
os.environ.setdefault("HF_HUB_OFFLINE", "1")
try:
    from datatrove.data import Document
    from datatrove.pipeline.filters import (c4_filters, fineweb_quality_filter,
                                            gopher_quality_filter,
                                            gopher_repetition_filter)
    from datatrove.utils.text import TERMINAL_PUNCTUATION
except ImportError as error:
    skip(f"datatrove's filters: {error}")
    sys.exit(finish())

STOP_WORDS = "the be to of and that have with"
LEAST = 0.995


def sentences(line, language=None):
    """filters/sentences.h in Python: as many items as there are sentences."""
    count, at, opened, last, before = 0, 0, False, "", ""
    while at < len(line):
        c = line[at]
        at += 1
        opened |= not c.isspace()
        if c in TERMINAL_PUNCTUATION:
            initial = (unicodedata.category(last or " ") == "Lu" and
                       unicodedata.category(before or " ")[0] not in "LM")
            stops, in_run = 1, True
            while at < len(line):
                if in_run and line[at] in TERMINAL_PUNCTUATION:
                    stops += 1
                elif line[at] in "\"'" or unicodedata.category(line[at]) in ("Pe", "Pf"):
                    in_run = False
                else:
                    break
                at += 1
            lone = stops == 1 and c == "."
            rest = line[at:].lstrip() if at < len(line) and line[at].isspace() else None
            if at == len(line) or (rest is not None and (
                    not rest or not lone or
                    (unicodedata.category(rest[0]) != "Ll" and not initial))):
                count += 1
                opened = False
        before, last = last, c
    return [None] * (count + opened)


def words(text, language=None):
    return text.split()


for module in (gopher_quality_filter, gopher_repetition_filter,
               fineweb_quality_filter):
    module.split_into_words = words
c4_filters.split_into_sentences = sentences

GOPHER = f"""min_words	*	50
max_words	*	100000
min_word_length	*	3
max_word_length	*	10
max_hashes	*	0.1
max_ellipses	*	0.1
max_bullet_lines	*	0.9
max_ellipsis_lines	*	0.3
min_alpha_words	*	0.8
min_stop_words	*	2
stop_words	*	{STOP_WORDS}
"""
REPETITION = """max_dup_paragraphs	*	0.3
max_dup_paragraph_chars	*	0.2
max_dup_lines	*	0.3
max_dup_line_chars	*	0.2
max_top_2	*	0.2
max_top_3	*	0.18
max_top_4	*	0.16
max_dup_5	*	0.15
max_dup_6	*	0.14
max_dup_7	*	0.13
max_dup_8	*	0.12
max_dup_9	*	0.11
max_dup_10	*	0.1
"""
FINEWEB = """min_ended_lines	*	0.12
max_short_lines	*	0.67
max_repeated_chars	*	0.01
max_newlines	*	0.3
"""
REASONS = {
    "gopher_short_doc": "few words", "gopher_long_doc": "many words",
    "gopher_below_avg_threshold": "short words",
    "gopher_above_avg_threshold": "long words",
    "gopher_too_many_hashes": "many hashes",
    "gopher_too_many_ellipsis": "many ellipses",
    "gopher_too_many_bullets": "bullet lines",
    "gopher_too_many_end_ellipsis": "ellipsis lines",
    "gopher_below_alpha_threshold": "few letters",
    "gopher_enough_stop_words": "stop words",
    "dup_para_frac": "dup paragraphs", "dup_para_char_frac": "paragraph chars",
    "dup_line_frac": "dup lines", "dup_line_char_frac": "line chars",
    "top_2_gram": "top bigram", "top_3_gram": "top trigram",
    "top_4_gram": "top 4-gram",
    **{f"duplicated_{n}_n_grams": f"dup {n}-grams" for n in range(5, 11)},
    "line_punct_ratio": "line ends", "short_line_ratio": "short lines",
    "char_dup_ratio": "repeated chars", "list_ratio": "many newlines",
    "lorem_ipsum": "lorem ipsum", "curly_bracket": "curly bracket",
    "too_few_sentences": "few sentences",
    "< 3 paragraphs": "few longlines",
}


def documents(data):
    for path in sorted((data / "documents/hplt2-sample").glob("*.jsonl.zst")):
        label = path.name.split(".")[0]
        for line in unpack(path).decode().splitlines():
            yield label, json.loads(line)["text"]
    for line in unpack(data / "documents/hplt2-labelled.jsonl.zst").decode().splitlines():
        document = json.loads(line)
        yield document["lang"], document["text"]
    for path in sorted((data / "text/debian-bench").glob("*.jsonl.zst")):
        label = path.name.split(".")[0]
        for line in unpack(path).decode().splitlines()[:300]:
            yield label, json.loads(line)["text"]


def ours(mlin, rules, path):
    """Of each document the reason or None, and the text."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        if rules.endswith("\n"):
            file.write(rules)
            file.flush()
            rules = file.name
        out = subprocess.run(
            [mlin, "quality", "--rules", rules, "--words", "blanks",
             "--annotate", "--threads", "1", path],
            check=True, capture_output=True).stdout
    found = []
    for line in out.splitlines():
        document = json.loads(line)
        found.append((document.get("drop_quality"), document["text"]))
    return found


def theirs(filters, text):
    document = Document(text=text, id="0")
    result = filters.filter(document)
    if result is True:
        return None, document.text
    reason = result[1] if isinstance(result, tuple) else "?"
    return REASONS.get(reason, reason), text


def compare(mlin, name, rules, filters, texts, path):
    with_text = name == "C4"
    same_verdict = same_reason = same_text = kept = dropped = 0
    differ = Counter()
    for text, (reason, repaired) in zip(texts, ours(mlin, rules, path)):
        wanted, wanted_text = theirs(filters, text)
        if reason == "no lines":
            reason = "few sentences"  # C4 counts none in an empty text
        same_verdict += (reason is None) == (wanted is None)
        same_reason += reason == wanted
        dropped += wanted is not None
        if reason != wanted:
            differ[f"{wanted} / {reason}"] += 1
        if with_text and reason is None and wanted is None:
            kept += 1
            same_text += repaired == wanted_text
    n = len(texts)
    what = (f"{name}: {n} documents, datatrove drops {dropped}; same verdict "
            f"{100 * same_verdict / n:.3f} %, same reason "
            f"{100 * same_reason / n:.3f} %")
    if with_text:
        what += f", same text {same_text} of {kept} kept"
    if differ:
        what += f"; theirs / ours: {dict(differ.most_common(6))}"
    report(same_reason >= LEAST * n and same_text >= LEAST * kept, what)
    report(dropped > n / 1000, f"{name}: the comparison has drops in it")


def main():
    mlin = sys.argv[1]
    data = Path(os.environ.get("MLIN_DATA") or "/nonexistent")
    if not (data / "documents/hplt2-sample").exists():
        skip("no MLIN_DATA")
        return finish()
    with tempfile.TemporaryDirectory() as folder:
        raw, path = f"{folder}/raw.jsonl", f"{folder}/texts.jsonl"
        languages = set()
        with open(raw, "w") as file:
            for label, text in documents(data):
                if len(label) == 8:  # the others are the same languages
                    languages.add(label)
                file.write(json.dumps({"text": text}) + "\n")
        # Lines part at \n alone for us, at ten characters for Python.
        subprocess.run(f"'{mlin}' normalize '{raw}' > '{path}'", shell=True,
                       check=True)
        with open(path) as file:
            texts = [json.loads(line)["text"] for line in file]
        report(len(texts) >= 20000 and len(languages) >= 20,
               f"{len(texts)} documents in {len(languages)} languages")
        compare(mlin, "Gopher quality", GOPHER,
                gopher_quality_filter.GopherQualityFilter(), texts, path)
        compare(mlin, "Gopher quality but stop words",
                GOPHER.replace("words	*	2", "words	*	off"),
                gopher_quality_filter.GopherQualityFilter(min_stop_words=None),
                texts, path)
        compare(mlin, "Gopher repetition", REPETITION,
                gopher_repetition_filter.GopherRepetitionFilter(), texts, path)
        compare(mlin, "FineWeb", FINEWEB,
                fineweb_quality_filter.FineWebQualityFilter(), texts, path)
        compare(mlin, "C4", "c4", c4_filters.C4QualityFilter(), texts, path)
        compare(mlin, "mC4 paragraphs", "min_long_lines\t*\t3\n",
                c4_filters.C4ParagraphFilter(), texts, path)
    return finish()


sys.exit(main())
