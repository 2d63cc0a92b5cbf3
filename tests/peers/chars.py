# SPDX-License-Identifier: Apache-2.0
"""
Vocabularies of characters, as SentencePiece's are, encode as in Hugging Face.

Llama 2's vocabulary (MLIN_DATA/tokenizer/llamacpp; without it this is skipped)
in the forms of tokenizer.json that are in use: spaces replaced by a normalizer,
with one put first or not, or by Metaspace with each of its schemes; as a .model
and as a GGUF.  Naughty strings, random ones and documents are compared id by
id, and llama.cpp's own vectors.

And what `mlin train --model chars` makes: the merges of Hugging Face's trainer,
and its exports give SentencePiece, Hugging Face and ourselves the same ids.

Usage: chars.py path/to/mlin
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import gguf
import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models
from tokenizers import normalizers, pre_tokenizers, trainers

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


def make_model(vocabulary, path):
    """The .model that the vocabulary came from, as far as ids go."""
    m = sentencepiece_model_pb2.ModelProto()
    for token, score in zip(vocabulary["tokens"], vocabulary["scores"]):
        is_byte = token[:3] == "<0x" and len(token) == 6
        kind = ("UNKNOWN" if token == "<unk>" else
                "CONTROL" if token in SPECIALS else
                "BYTE" if is_byte else "NORMAL")
        m.pieces.add(piece=token, score=score,
                     type=getattr(m.SentencePiece, kind))
    m.trainer_spec.model_type = m.trainer_spec.BPE
    m.trainer_spec.byte_fallback = True
    m.normalizer_spec.name = "identity"
    m.normalizer_spec.remove_extra_whitespaces = False
    path.write_bytes(m.SerializeToString())


def export(tokenizer, to, out):
    subprocess.run([MLIN, "export", "--tokenizer", tokenizer, "--to", to,
                    "--out", out], check=True, capture_output=True)


def compare_ids(what, ours, theirs):
    differ = [i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    report(len(ours) == len(theirs) and not differ,
           f"{what}: {len(theirs)} texts, {sum(map(len, theirs))} tokens; "
           f"{len(differ)} differ {differ[:3]}")


def compare_model(vocabulary, texts, work):
    """SentencePiece's ids, of its own file and of ours made from it."""
    make_model(vocabulary, work / "l.model")
    export(work / "l.model", "gguf", work / "l.gguf")
    export(work / "l.gguf", "spm", work / "ours.model")
    for name in "l.model", "ours.model":
        theirs = sentencepiece.SentencePieceProcessor(
            model_file=str(work / name)).encode(texts)
        for own in "l.model", "l.gguf":
            compare_ids(f"SentencePiece reads {name}, mlin {own}",
                        list(map(json.loads, encode(work / own, texts, work))),
                        theirs)
    field = gguf.GGUFReader(work / "l.gguf").fields["tokenizer.ggml.scores"]
    report(len(field.data) == len(vocabulary["tokens"]), "gguf reads scores")


def train(texts, size, coverage, pattern, work):
    docs = work / "train.jsonl"
    docs.write_text("".join(json.dumps({"text": text}) + "\n"
                            for text in texts))
    subprocess.run(
        [MLIN, "train", "--quiet", "--model", "chars", "--vocab-size",
         str(size), "--coverage", str(coverage), "--pretokenizer", pattern,
         "--special", "<s>", "--special", "</s>", "-o", work / "t.json", docs],
        check=True, capture_output=True)


def compare_training(texts, work):
    """Hugging Face's trainer, whose pieces begin at the spaces."""
    train(texts, 8000, 1, "metaspace", work)
    ours = json.loads((work / "t.json").read_text())["model"]
    t = Tokenizer(models.BPE(unk_token="<unk>"))
    t.normalizer = normalizers.Replace(" ", "\u2581")
    t.pre_tokenizer = pre_tokenizers.Split(
        Regex("\u2581+[^\u2581]*|[^\u2581]+"), "isolated")
    t.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=8000, show_progress=False,
        special_tokens=SPECIALS + [f"<0x{b:02X}>" for b in range(256)]))
    theirs = json.loads(t.to_str())["model"]
    report(ours["merges"] == theirs["merges"] and
           ours["vocab"] == theirs["vocab"],
           f"trained: Hugging Face's {len(theirs['merges'])} merges")


def compare_exports(texts, work):
    for pattern, size in ("gpt2", 8000), ("llama3", 20000), ("o200k", 3000):
        train(texts[:len(texts) // 2], size, 0.9995, pattern, work)
        ours = list(map(json.loads, encode(work / "t.json", texts, work)))
        t = Tokenizer.from_file(str(work / "t.json"))
        compare_ids(f"{pattern} {size}, tokenizer.json", ours,
                    [t.encode(text).ids for text in texts])
        report(json.loads((work / "t.json").read_text()) ==
               json.loads(t.to_str()), "as Hugging Face writes it")
        export(work / "t.json", "spm", work / "t.model")
        sp = sentencepiece.SentencePieceProcessor(
            model_file=str(work / "t.model"))
        theirs = sp.encode(texts)
        compare_ids(f"{pattern} {size}, SentencePiece", ours, theirs)
        report(sp.decode(theirs) == texts, "and gives the texts back")
        report(sp.eos_id() == 2 and sp.bos_id() == 1 and sp.unk_id() == 0,
               "and knows <s> and </s>")
        export(work / "t.model", "gguf", work / "t.gguf")
        export(work / "t.gguf", "spm", work / "again.model")
        report((work / "again.model").read_bytes() ==
               (work / "t.model").read_bytes(), "through GGUF and back")
        compare_ids(f"{pattern} {size}, GGUF",
                    list(map(json.loads, encode(work / "t.gguf", texts,
                                                work))), ours)


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
        compare_model(vocabulary, plain, Path(work))
        plain = [t for t in plain if "\u2581" not in t and "\0" not in t]
        compare_training(plain, Path(work))
        compare_exports(plain, Path(work))
    sys.exit(finish())


main()
