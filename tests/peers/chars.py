# SPDX-License-Identifier: Apache-2.0
"""
Vocabularies of characters, as SentencePiece's are, encode as in Hugging Face.

Llama 2's vocabulary (MLIN_DATA/tokenizer/llamacpp; without it this is skipped)
in the forms of tokenizer.json that are in use: spaces replaced by a normalizer,
with one put first or not, or by Metaspace with each of its schemes.  Naughty
strings, random ones and documents are compared id by id, and llama.cpp's own
vectors.

Usage: chars.py path/to/mlin
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models
from tokenizers import normalizers, pre_tokenizers

from common import finish, report, unpack

MLIN = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/mlin")
DATA = Path(os.environ.get("MLIN_DATA", "/nonexistent"), "tokenizer")
VOCABULARY = DATA / "llamacpp" / "llama-spm.vocab.json.zst"
SPECIALS = ["<unk>", "<s>", "</s>"]
FORMS = ["prepend", "replace", "always split", "always", "first split",
         "first", "never split", "never"]
PIECES = ["a", "b", " ", "  ", "\u2581", "é", "the", " of", "\n", "😀", "ж",
          "слово", "1", ".", "\t", "中文"]


def all_merges(tokens, scores):
    """Every way to make a token of two, by the token's score: its rank."""
    ids = {token: id for id, token in enumerate(tokens)}
    merges = [(-scores[ids[t]], ids[t[:k]], ids[t[k:]])
              for t in tokens
              if t not in SPECIALS and not (t[:3] == "<0x" and len(t) == 6)
              for k in range(1, len(t)) if t[:k] in ids and t[k:] in ids]
    return [(tokens[a], tokens[b]) for _, a, b in sorted(merges)]


def make(tokens, merges, form):
    vocab = {token: id for id, token in enumerate(tokens)}
    t = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token="<unk>",
                             fuse_unk=True, byte_fallback=True))
    replace = normalizers.Replace(" ", "\u2581")
    if form == "prepend":
        t.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"),
                                             replace])
    elif form == "replace":
        t.normalizer = replace
        t.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    else:
        t.pre_tokenizer = pre_tokenizers.Metaspace(
            prepend_scheme=form.split()[0], split=form.endswith("split"))
    t.decoder = decoders.Sequence([
        decoders.Replace("\u2581", " "), decoders.ByteFallback(),
        decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    t.add_special_tokens([AddedToken(s, normalized=False, special=True)
                          for s in SPECIALS])
    return t


def texts():
    rng = random.Random(1)
    yield from json.loads((DATA / "text" / "blns.json").read_text())
    yield from ["", " ", "  ", "\u2581", " \u2581a\u2581", "x" * 3000,
                " " * 3000 + "a", "é" * 2000]
    for _ in range(3000):
        yield "".join(rng.choice(PIECES) for _ in range(rng.randrange(40)))
    for path in sorted(DATA.parent.glob("text/debian-demo/*.zst")):
        size = 0
        for line in unpack(path).decode().split("\n")[:-1]:
            text = json.loads(line)["text"]
            yield text
            size += len(text.encode())
            if size > 300_000:
                break


def encode(tokenizer, texts, work):
    docs = work / "texts.jsonl"
    docs.write_text("".join(json.dumps({"text": text}) + "\n"
                            for text in texts))
    out = subprocess.run(
        [MLIN, "encode", "--quiet", "--eos", "none", "--format", "ids",
         "--tokenizer", tokenizer, docs], check=True, capture_output=True)
    return out.stdout.decode().splitlines()


def compare(form, t, texts, work):
    path = work / "tokenizer.json"
    t.save(str(path))
    lines = encode(path, texts, work)
    theirs = [t.encode(text).ids for text in texts]
    ours = list(map(json.loads, lines))
    differ = [text for text, a, b in zip(texts, ours, theirs) if a != b]
    report(len(ours) == len(texts) and not differ,
           f"{form}: {len(texts)} texts, {sum(map(len, theirs))} tokens; "
           f"{len(differ)} differ {[d[:40] for d in differ[:3]]}")
    if form == "prepend":
        compare_decoded(t, path, lines, texts, theirs)


def compare_decoded(t, path, lines, texts, theirs):
    """Hugging Face gives U+2581 back as a space, as we do."""
    out = subprocess.run([MLIN, "decode", "--tokenizer", path, "-"],
                         input="\n".join(lines) + "\n", check=True,
                         capture_output=True, text=True).stdout
    back = [json.loads(line)["text"] for line in out.split("\n")[:-1]]
    differ = [text for text, own, ids in zip(texts, back, theirs)
              if own != t.decode(ids) or own != text.replace("\u2581", " ")]
    report(len(back) == len(texts) and not differ,
           f"decoded: {len(differ)} texts differ {[d[:40] for d in differ[:3]]}")


def compare_vectors(t, work):
    path = work / "tokenizer.json"
    t.save(str(path))
    stem = DATA / "llamacpp" / "ggml-vocab-llama-spm.gguf"
    inputs = Path(f"{stem}.inp").read_text().split(
        "\n__ggml_vocab_test__\n")[:-1]
    wanted = [[int(id) for id in line.split()]
              for line in Path(f"{stem}.out").read_text().splitlines()]
    ours = list(map(json.loads, encode(path, inputs, work)))
    same = sum(a == b for a, b in zip(ours, wanted))
    report(len(ours) == len(wanted) == same,
           f"llama.cpp's vectors: {same} of {len(wanted)}")


def main():
    if not VOCABULARY.exists():
        print("SKIP   vocabularies of characters: MLIN_DATA has none")
        print("0 passed, 0 failed, 1 skipped")
        return
    vocabulary = json.loads(unpack(VOCABULARY))
    tokens = vocabulary["tokens"]
    merges = all_merges(tokens, vocabulary["scores"])
    plain = [t for t in texts() if not any(s in t for s in SPECIALS)]
    with tempfile.TemporaryDirectory() as work:
        for form in FORMS:
            compare(form, make(tokens, merges, form), plain, Path(work))
        compare_vectors(make(tokens, merges, "prepend"), Path(work))
    sys.exit(finish())


main()
