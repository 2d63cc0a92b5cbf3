#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write fineweb2.tsv from FineWeb-2's published per-language configurations.

    MLIN_DATA=../shared/data python3 filters/rules/fineweb2.py > fineweb2.tsv

Source: github.com/huggingface/fineweb-2, configs/*.yml (Apache-2.0); English,
which has no file there, has FineWeb's and Gopher's values.  Labels are those
that mlin's langid writes: est for ekk, lav for lvs, sqi for als; both are given
where they differ.
"""
import ast
import io
import os
import statistics
import subprocess
import sys
import tarfile

LANGUAGES = {
    "bul_Cyrl": "Bulgarian", "ces_Latn": "Czech", "dan_Latn": "Danish",
    "deu_Latn": "German", "ell_Grek": "Greek", "ekk_Latn": "Estonian",
    "fin_Latn": "Finnish", "fra_Latn": "French", "gle_Latn": "Irish",
    "hrv_Latn": "Croatian", "hun_Latn": "Hungarian", "ita_Latn": "Italian",
    "lvs_Latn": "Latvian", "ltg_Latn": "Latgalian", "lit_Latn": "Lithuanian",
    "mlt_Latn": "Maltese", "nld_Latn": "Dutch", "pol_Latn": "Polish",
    "por_Latn": "Portuguese", "ron_Latn": "Romanian", "slk_Latn": "Slovak",
    "slv_Latn": "Slovene", "spa_Latn": "Spanish", "swe_Latn": "Swedish",
    "cat_Latn": "Catalan", "eus_Latn": "Basque", "glg_Latn": "Galician",
    "bos_Latn": "Bosnian", "isl_Latn": "Icelandic", "kat_Geor": "Georgian",
    "mkd_Cyrl": "Macedonian", "als_Latn": "Albanian",
    "srp_Cyrl": "Serbian, Cyrillic", "srp_Latn": "Serbian, Latin",
    "tur_Latn": "Turkish", "ukr_Cyrl": "Ukrainian",
    "nno_Latn": "Norwegian Nynorsk", "nob_Latn": "Norwegian Bokmål",
}
LABELS = {"ekk_Latn": "est_Latn,ekk_Latn", "lvs_Latn": "lav_Latn,lvs_Latn",
          "als_Latn": "sqi_Latn,als_Latn", "nob_Latn": "nob_Latn,nor_Latn"}
RULES = ["min_word_length", "max_word_length", "min_alpha_words",
         "min_ended_lines", "max_newlines", "max_dup_lines", "max_top_2",
         "max_top_3", "max_top_4"] + [f"max_dup_{n}" for n in range(5, 11)]
ENGLISH = dict(zip(RULES, [3, 10, 0.8, 0.12, 0.3, 0.3, 0.2, 0.18, 0.16,
                           0.15, 0.14, 0.13, 0.12, 0.11, 0.1]))
ENGLISH_ONLY = {"max_short_lines": 0.67, "max_repeated_chars": 0.01,
                "max_dup_paragraphs": 0.3, "max_dup_paragraph_chars": 0.2,
                "max_dup_line_chars": 0.2}
HEAD = """\
# FineWeb-2: Gopher's and FineWeb's rules with limits for each language.
# Written by filters/rules/fineweb2.py; the format: filters/rules.h.
#
# What FineWeb-2 does otherwise than FineWeb: short lines are not judged,
# repeated characters may be 0.1 instead of 0.01, paragraphs and the characters
# of duplicate lines are not judged.  English is judged as FineWeb does.
#
# A language that is not named has the median of the others' limits, and no list
# of stop words: that rule is off for it.
#
# "in effect off" marks limits learnt from little or contaminated text: above
# 0.5 they drop next to nothing.  They stand here as published.
#
# rule\tlang\tvalue
"""


def scalar(text):
    """A YAML scalar of these files: number, word, or quoted word."""
    text = text.strip()
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if text[0] == '"':
        return ast.literal_eval(text)
    return text


def read_config(text):
    """{key: scalar or list of scalars}; pairs of numbers are flattened."""
    config, key = {}, None
    for line in text.splitlines():
        if line[0] not in "- ":
            key, value = line.split(":", 1)
            config[key] = scalar(value) if value.strip() else []
        else:
            config[key].append(scalar(line.lstrip("- ")))
    return config


def read_configs(path):
    tar = subprocess.run(["zstd", "-dc", path], check=True,
                         stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        for member in archive:
            code = os.path.basename(member.name).removesuffix(".yml")
            if code in LANGUAGES:
                text = archive.extractfile(member).read().decode("utf-8")
                yield code, read_config(text)


def limits(config):
    values = [config["min_avg_word_length"], config["max_avg_word_length"],
              config["max_non_alpha_words_ratio"], config["line_punct_thr"],
              config["new_line_ratio"], config["dup_line_frac"]]
    values += config["top_n_grams"][1::2] + config["dup_n_grams"][1::2]
    return dict(zip(RULES, map(float, values), strict=True))


def row(rule, lang, value):
    if value == -1:
        value = "off"
    elif isinstance(value, float):
        value = f"{value:g}"
    print(f"{rule}\t{lang}\t{value}")


def language(name, label, values, words, more):
    print(f"\n# {name}")
    high = [rule for rule in ("max_dup_lines", "max_top_2", "max_top_3",
                              "max_top_4") if values[rule] > 0.5]
    if high:
        print(f"# in effect off: {', '.join(high)}")
    row("stop_words", label, " ".join(dict.fromkeys(words)))
    row("min_stop_words", label, 2)
    for rule, value in {**values, **more}.items():
        row(rule, label, value)


def main():
    data = os.environ.get("MLIN_DATA", "../shared/data")
    path = f"{data}/lists/fineweb2-configs/all-1929-configs.tar.zst"
    configs = dict(read_configs(path))
    missing = sorted(set(LANGUAGES) - set(configs))
    if missing:
        sys.exit(f"{path}: no file for {' '.join(missing)}")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(HEAD)
    print("\n# All languages, unless they say otherwise below")
    for rule, value in {"min_words": 50, "max_words": 100000, "max_hashes": 0.1,
                        "max_ellipses": 0.1, "max_bullet_lines": 0.9,
                        "max_ellipsis_lines": 0.3, "max_repeated_chars": 0.1,
                        "min_stop_words": "off"}.items():
        row(rule, "*", value)
    every = [limits(configs[code]) for code in LANGUAGES]
    for rule in RULES:
        row(rule, "*", statistics.median_low(v[rule] for v in every))
    language("English", "eng_Latn", ENGLISH,
             "the be to of and that have with".split(), ENGLISH_ONLY)
    for code, name in LANGUAGES.items():
        language(name, LABELS.get(code, code), limits(configs[code]),
                 configs[code]["stopwords"], {})


main()
