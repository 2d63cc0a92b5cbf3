# SPDX-License-Identifier: Apache-2.0
"""
mlin encode gives the ids of Hugging Face tokenizers, and mlin decode the text.

For published vocabularies and for one that mlin trains itself, on documents in
the languages of MLIN_DATA/text, on what breaks tokenizers (MLIN_DATA/tokenizer)
and on random strings; with special tokens in text as text, and as themselves.

Usage: encode.py path/to/mlin
"""
import base64
import glob
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

import tokenizers

from common import finish, report, skip, unpack

MLIN = sys.argv[1] if len(sys.argv) > 1 else "build/mlin"
DATA = os.environ.get("MLIN_DATA", "")
BYTES_PER_LANGUAGE = 800_000


def sample_texts():
    """The first documents of each language."""
    for path in sorted(glob.glob(f"{DATA}/text/debian-bench/*.jsonl.zst")):
        size = 0
        for line in unpack(path).splitlines():
            text = json.loads(line)["text"]
            size += len(text.encode())
            yield text
            if size > BYTES_PER_LANGUAGE:
                break


def random_texts(count):
    """Strings over letters of many scripts, marks, blanks, controls, any."""
    dice = random.Random(1)
    pools = [
        "abcXYZ'  \n\r\t.,/<|endoftext|>", "éÉßſıİǅʰ·ªº’ʼ", "жЖіїґЉ",
        "αΑςάΰ", "აბგ", "אבشس", "中文字かな한글", "\u0301\u0308\u093e\u0f71",
        "0123456789½²Ⅷ٣", "\u00a0\u1680\u2003\u2028\u3000\u180e\u200b\ufeff",
        "😀👩\u200d👧🇪🇺", "\x00\x01\x1f\x7f\x85",
        "'s'S't're'VE'm'll'd'ſ",
    ]
    for _ in range(count):
        own = dice.sample(pools, dice.randint(1, 4))
        text = ""
        for _ in range(dice.randint(0, 60)):
            if dice.random() < 0.03:
                code = dice.randrange(0x110000)
                text += "" if 0xd800 <= code < 0xe000 else chr(code)
            else:
                text += dice.choice(dice.choice(own)) * \
                    dice.choice([1, 1, 1, 1, 2, 3, 30])
        yield text


def special_texts(tokenizer):
    """Added tokens in the middle of text, in every neighbourhood."""
    added = [t.content for t in tokenizer.get_added_tokens_decoder().values()]
    around = ["", " ", "a", ".", "\n", "  ", "é"]
    for content in added:
        for left, right in itertools.product(around, around):
            yield left + content + right
    yield "".join(added)
    yield " ".join(added)
    yield "     ".join(added[::-1])


def mlin_ids(path, documents, *options):
    out = subprocess.run(
        [MLIN, "encode", "--tokenizer", path, "--format", "ids", "--eos",
         "none", "--quiet", *options],
        input=documents, stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def compare(name, what, texts, ours, theirs):
    wrong = [i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    tokens = sum(map(len, theirs))
    report(not wrong and len(ours) == len(theirs) and tokens > 0,
           f"{name}: {what}: {len(theirs)} documents, {tokens} tokens, "
           f"{len(wrong)} documents differ")
    for i in wrong[:3]:
        print(f"       {texts[i][:200]!r}\n       ours   {ours[i][:40]}"
              f"\n       theirs {theirs[i][:40]}")


def check_vocabulary(name, path, texts, keeps_blanks=True):
    tokenizer = tokenizers.Tokenizer.from_file(path)
    texts = texts + list(special_texts(tokenizer))
    documents = b"".join(json.dumps({"text": t}).encode() + b"\n"
                         for t in texts)
    for options, as_text, what in (
            ([], True, "special tokens as text"),
            (["--allow-special"], False, "special tokens as themselves")):
        tokenizer.encode_special_tokens = as_text
        theirs = [e.ids for e in
                  tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
        ours = mlin_ids(path, documents, *options)
        compare(name, what, texts, ours, theirs)
        if as_text and keeps_blanks:
            check_decode(name, path, tokenizer, texts, ours)


def check_decode(name, path, tokenizer, texts, ids):
    lines = "".join(json.dumps(i) + "\n" for i in ids).encode()
    out = subprocess.run([MLIN, "decode", "--special", "--tokenizer", path],
                         input=lines, stdout=subprocess.PIPE, check=True)
    back = [json.loads(line)["text"] for line in out.stdout.splitlines()]
    want = texts
    if tokenizer.normalizer is not None:
        want = [tokenizer.normalizer.normalize_str(t) for t in texts]
    wrong = sum(a != b for a, b in zip(back, want))
    report(back == want, f"{name}: decoded again: {len(back)} documents, "
                         f"{wrong} differ")


def bpe_parts(token, ranks, rank):
    """The two parts that a token was merged from, by the merges before it."""
    parts = [bytes([b]) for b in token]
    while len(parts) > 2:
        best = min((ranks.get(parts[i] + parts[i + 1], rank), i)
                   for i in range(len(parts) - 1))
        if best[0] >= rank:
            return None
        i = best[1]
        parts[i:i + 2] = [parts[i] + parts[i + 1]]
    return parts


def from_tiktoken(path, pattern, target):
    """tokenizer.json of a list of ranks; its merges follow from the ranks."""
    ranks = {}
    for line in unpack(path).splitlines():
        token, rank = line.split()
        ranks[base64.b64decode(token)] = int(rank)
    spelled = tokenizers.pre_tokenizers.ByteLevel(
        add_prefix_space=False, use_regex=False)
    plain = list(range(0x21, 0x7f)) + list(range(0xa1, 0xad)) + \
        list(range(0xae, 0x100))
    others = [b for b in range(256) if b not in plain]
    spell = {b: chr(b) for b in plain}
    spell.update({b: chr(256 + i) for i, b in enumerate(others)})
    say = lambda token: "".join(spell[b] for b in token)
    vocab = {say(t): r for t, r in ranks.items()}
    merges = []
    for token, rank in sorted(ranks.items(), key=lambda item: item[1]):
        if len(token) > 1:
            parts = bpe_parts(token, ranks, rank)
            if parts:
                merges.append(tuple(map(say, parts)))
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(
        vocab, merges, ignore_merges=True))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([
        tokenizers.pre_tokenizers.Split(
            tokenizers.Regex(pattern), "isolated"), spelled])
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    tokenizer.save(target)


def check_expected(name, key, path):
    """Ids that tiktoken itself gave."""
    source = f"{DATA}/tokenizer/expected-ids.blns+udhr.jsonl.zst"
    if not os.path.exists(source):
        return skip(f"{name}: no ids of tiktoken's")
    rows = [json.loads(line) for line in unpack(source).splitlines()]
    documents = b"".join(json.dumps({"text": r["text"]}).encode() + b"\n"
                         for r in rows)
    compare(name, "ids of tiktoken", [r["text"] for r in rows],
            mlin_ids(path, documents), [r[key] for r in rows])


def train_own(pattern, texts, path):
    """A vocabulary of our own; False when this mlin cannot train."""
    documents = "".join(json.dumps({"text": t}) + "\n" for t in texts)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(documents)
        file.flush()
        return subprocess.run(
            [MLIN, "train", "-o", path, "--vocab-size", "8000",
             "--pretokenizer", pattern, "--special", "<|endoftext|>",
             file.name]).returncode == 0


def check_own(pattern, texts, directory):
    path = f"{directory}/{pattern}.json"
    if not train_own(pattern, texts[::10], path):
        return report(False, f"mlin train --pretokenizer {pattern}")
    saved = f"{directory}/saved.json"
    tokenizers.Tokenizer.from_file(path).save(saved)
    with open(path, "rb") as ours, open(saved, "rb") as theirs:
        report(ours.read() == theirs.read(),
               f"own {pattern}: tokenizer.json is what Hugging Face saves")
    check_vocabulary(f"own {pattern}", path, texts)


def check_flags(texts, directory):
    """Added tokens of all flags, before and after NFC."""
    path = f"{directory}/flags.json"
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.normalizer = tokenizers.normalizers.NFC()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(
        add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    tokenizer.train_from_iterator(
        texts[::20], tokenizers.trainers.BpeTrainer(
            vocab_size=2000, show_progress=False,
            initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet()))
    names = "single_word", "lstrip", "rstrip", "normalized", "special"
    for flags in itertools.product((False, True), repeat=len(names)):
        given = dict(zip(names, flags))
        content = "".join(n[0] for n in names if given[n]) + "e\u0301"
        add = tokenizer.add_special_tokens if given.pop("special") \
            else tokenizer.add_tokens
        add([tokenizers.AddedToken(content, **given)])
    tokenizer.save(path)
    own = []
    for token in tokenizer.get_added_tokens_decoder().values():
        own += [left + token.content + right
                for left in ("", " ", "a", "\n \u00a0", "_", "½", "\u0301", "ⓐ")
                for right in ("", " ", "a", "\u2003 ", "9", "\u0308", "‿")]
    # lstrip and rstrip swallow what no id says, so that this is not undone.
    check_vocabulary("flags", path, texts[-3000:] + own, keeps_blanks=False)


CL100K = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|"
          r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
O200K = (rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{SUFFIX}|"
         rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{SUFFIX}|\p{{N}}{{1,3}}|"
         r" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def main():
    hostile = list(random_texts(20000))
    if not os.path.isdir(f"{DATA}/tokenizer/vocab"):
        skip("MLIN_DATA/tokenizer and MLIN_DATA/text are not there: published "
             "vocabularies and documents are not compared")
        texts = hostile
    else:
        texts = list(sample_texts()) + hostile
        with open(f"{DATA}/tokenizer/text/blns.json", encoding="utf-8") as file:
            texts += json.load(file)
    with tempfile.TemporaryDirectory() as directory:
        for pattern in "gpt2", "llama3", "qwen2", "o200k":
            check_own(pattern, texts, directory)
        check_flags(texts, directory)
        for name in "gpt2", "gpt-neox-20b":
            packed = f"{DATA}/tokenizer/vocab/{name}_tokenizer.json.zst"
            if not os.path.exists(packed):
                continue
            path = f"{directory}/{name}.json"
            with open(path, "wb") as file:
                file.write(unpack(packed))
            check_vocabulary(name, path, texts)
            if name == "gpt2":
                check_expected(name, "gpt2", path)
        for name, pattern in ("cl100k_base", CL100K), ("o200k_base", O200K):
            packed = f"{DATA}/tokenizer/vocab/{name}.tiktoken.zst"
            if not os.path.exists(packed):
                continue
            path = f"{directory}/{name}.json"
            from_tiktoken(packed, pattern, path)
            check_vocabulary(name, path, texts)
            check_expected(name, name, path)
    return finish()


sys.exit(main())
