# SPDX-License-Identifier: Apache-2.0
"""
Vocabularies in every form: mlin reads .tiktoken and GGUF as tiktoken and
llama.cpp do, and what mlin export writes, the tools it is for read alike.

tiktoken's ranks come from MLIN_DATA/tokenizer or from npm, its engine from
PyPI; llama.cpp's vocabularies and ids from MLIN_DATA/tokenizer; what a GGUF
file holds from PyPI's gguf.

Usage: vocab.py path/to/mlin [MEGABYTES of documents for each vocabulary]
"""
import base64
import glob
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile

# What stands beside this file is not what the peers import: regex, tokenizers.
from common import finish, report, skip, unpack
sys.path.pop(0)
os.environ["TIKTOKEN_CACHE_DIR"] = ""
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import gguf
import tiktoken
import tiktoken.load
import tiktoken_ext.openai_public
import tokenizers
import transformers

MLIN = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/mlin")
MEGABYTES = float(sys.argv[2]) if len(sys.argv) > 2 else 12
DATA = os.environ.get("MLIN_DATA", "")
NPM = "tiktoken@1.0.22"
BATCH_BYTES = 8_000_000


# ---- texts ----

def documents(megabytes):
    """Documents of all languages in turn, up to so many megabytes of text."""
    paths = sorted(glob.glob(f"{DATA}/text/*/*.jsonl.zst"))
    if not paths:
        for path in sorted(glob.glob("corpora/tiny/*.txt")):
            with open(path, encoding="utf-8") as file:
                yield file.read()
        return
    share, left = megabytes * 1e6 / len(paths), megabytes * 1e6
    for i, path in enumerate(paths):
        size = 0
        for line in unpack(path).splitlines():
            if size > share:
                break
            text = json.loads(line)["text"]
            size += len(text.encode())
            yield text
        left -= size
        share = left / max(1, len(paths) - i - 1)


def code_points():
    """Each character between others, 256 in a document."""
    for first in range(0, 0x110000, 256):
        if 0xd800 <= first < 0xe000:
            continue
        yield "".join(f"{c}a {c}B{c}\n{c}1 "
                      for c in map(chr, range(first, first + 256)))


def hostile():
    dice = random.Random(1)
    blanks = " \t\n\r\u00a0\u2028\u3000\u0085"
    for _ in range(5000):
        size = dice.randint(0, 200)
        text = dice.randbytes(size).decode("utf-8", "replace")
        tail = "".join(dice.choices(blanks, k=dice.randint(0, 6)))
        yield text + tail
    for letter in "a", " ", "\n", "é", "中", "0", "/", "👩\u200d":
        for count in 1, 2, 3, 63, 64, 65, 99, 100, 101, 1000, 20000:
            yield letter * count
    path = f"{DATA}/tokenizer/text/blns.json"
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            for text in json.load(file):
                yield text
                yield text + "\n \n"
                yield " " + text + "\t"


def batches(texts):
    batch, size = [], 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# ---- the two sides ----

def mlin_ids(path, texts, *options):
    lines = b"".join(json.dumps({"text": t}).encode() + b"\n" for t in texts)
    out = subprocess.run(
        [MLIN, "encode", "--tokenizer", path, "--format", "ids", "--eos",
         "none", "--quiet", *options],
        input=lines, stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def compare(what, path, texts, theirs_of, *options):
    count = tokens = size = 0
    wrong = []
    for batch in batches(texts):
        ours, theirs = mlin_ids(path, batch, *options), theirs_of(batch)
        count += len(batch)
        size += sum(len(t.encode()) for t in batch)
        tokens += sum(map(len, theirs))
        if len(ours) != len(batch) or len(theirs) != len(batch):
            wrong.append(("number of documents", len(ours), len(theirs)))
        wrong += [x for x in zip(batch, ours, theirs) if x[1] != x[2]]
    report(not wrong and tokens > 0,
           f"{what}: {count} documents, {size / 1e6:.1f} MB, {tokens} tokens, "
           f"{len(wrong)} differ")
    for text, ours, theirs in wrong[:3]:
        print(f"       {str(text)[:200]!r}\n       ours   {str(ours)[:200]}"
              f"\n       theirs {str(theirs)[:200]}")


def export(path, form, target, *options):
    """What mlin export says on stderr, or None when it refuses."""
    run = subprocess.run([MLIN, "export", "--tokenizer", path, "--to", form,
                          "--out", target, *options],
                         stderr=subprocess.PIPE, text=True)
    return run.stderr if run.returncode == 0 else None


def after(said, words, default):
    """The rest of the line of a message that has these words."""
    for line in said.splitlines():
        if words in line:
            return line.split(words, 1)[1]
    return default


# ---- .tiktoken ----

def npm_ranks():
    """The encoders of the npm package, or nothing."""
    folder = os.path.join(os.path.dirname(sys.prefix), "npm")
    packed = os.path.join(folder, NPM.replace("@", "-") + ".tgz")
    if not os.path.exists(packed):
        if not shutil.which("npm"):
            return {}
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", NPM], cwd=folder,
                       stdout=subprocess.DEVNULL)
    if not os.path.exists(packed):
        return {}
    encoders = {}
    with tarfile.open(packed) as tar:
        for member in tar:
            name = os.path.basename(member.name)
            if "encoders/" in member.name and name.endswith(".json"):
                ranks = {}
                lines = json.load(tar.extractfile(member))["bpe_ranks"]
                for line in lines.splitlines():
                    _, first, *tokens = line.split(" ")
                    for i, token in enumerate(tokens):
                        ranks[base64.b64decode(token)] = int(first) + i
                encoders[name[:-5]] = ranks
    return encoders


def ranks_files(directory):
    """Files of ranks by tiktoken's names: those of MLIN_DATA, then npm's."""
    found = {}
    for path in glob.glob(f"{DATA}/tokenizer/vocab/*.tiktoken.zst"):
        name = os.path.basename(path)[:-len(".tiktoken.zst")]
        found[name] = f"{directory}/{name}.tiktoken"
        with open(found[name], "wb") as file:
            file.write(unpack(path))
    for name, ranks in npm_ranks().items():
        # The ranks of gpt2 are those of r50k_base, of p50k_edit p50k_base's.
        if name not in found and name not in ("gpt2", "p50k_edit"):
            found[name] = f"{directory}/{name}.tiktoken.gz"
            with gzip.open(found[name], "wt") as file:
                for token, rank in sorted(ranks.items(), key=lambda x: x[1]):
                    file.write(f"{base64.b64encode(token).decode()} {rank}\n")
    return found


def load_ranks(path):
    if not path.endswith(".gz"):
        return tiktoken.load.load_tiktoken_bpe(path)
    with gzip.open(path, "rt") as file:
        lines = [line.split() for line in file]
    return {base64.b64decode(token): int(rank) for token, rank in lines}


def real_encoding(name, path):
    """tiktoken's own definition over the ranks of the file."""
    public = tiktoken_ext.openai_public
    ranks = load_ranks(path)
    public.load_tiktoken_bpe = lambda *_, **__: ranks
    return tiktoken.Encoding(**getattr(public, name)())


def ordinary(encoding):
    return lambda texts: encoding.encode_ordinary_batch(texts, num_threads=2)


def special_texts(contents):
    for content in contents:
        for left in "", " ", "a", "\n", "  \n ":
            for right in "", " ", "a", "\n", " \n  ":
                yield left + content + right
    yield "".join(contents)


def check_tiktoken(name, path):
    encoding = real_encoding(name, path)
    own = ordinary(encoding)
    compare(f"{name}: documents", path, documents(MEGABYTES), own)
    compare(f"{name}: all characters", path, code_points(), own)
    compare(f"{name}: hostile texts", path, hostile(), own)
    texts = list(special_texts(sorted(encoding.special_tokens_set)))
    compare(f"{name}: special tokens as text", path, texts, own)
    compare(f"{name}: special tokens as themselves", path, texts,
            lambda batch: encoding.encode_batch(batch, allowed_special="all"),
            "--allow-special")


# ---- exports ----

def check_json(name, path, texts, directory):
    target = f"{directory}/json"
    if export(path, "json", target) is None:
        return report(False, f"{name}: export --to json")
    loaded = transformers.AutoTokenizer.from_pretrained(target)
    # As in mlin encode, text that looks like a special token is text.
    loaded.backend_tokenizer.encode_special_tokens = True
    compare(f"{name}: json, transformers' {type(loaded).__name__}", path,
            texts, lambda batch: loaded(
                batch, add_special_tokens=False, verbose=False)["input_ids"])
    saved = f"{directory}/saved.json"
    tokenizers.Tokenizer.from_file(f"{target}/tokenizer.json").save(saved)
    with open(f"{target}/tokenizer.json", "rb") as ours, \
            open(saved, "rb") as theirs:
        report(ours.read() == theirs.read(),
               f"{name}: json is what Hugging Face saves")


def check_eos(name, directory, content):
    loaded = transformers.AutoTokenizer.from_pretrained(f"{directory}/json")
    report(loaded.eos_token == content and
           loaded.encode(content) == [loaded.eos_token_id],
           f"{name}: json, the end of a text is {loaded.eos_token!r}")


def check_bpe(name, path, texts, directory):
    target = f"{directory}/bpe"
    said = export(path, "bpe", target)
    if said is None:
        return report(False, f"{name}: export --to bpe")
    files = f"{target}/vocab.json", f"{target}/merges.txt"
    model = tokenizers.models.BPE.from_file(*files)
    model.ignore_merges = "ignore_merges is true" in said
    loaded = tokenizers.Tokenizer(model)
    pattern = after(said, "the pattern that cuts text: ", None)
    loaded.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([
        tokenizers.pre_tokenizers.Split(tokenizers.Regex(pattern), "isolated"),
        tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False,
                                            use_regex=False)])
    if "brought to NFC" in said:
        loaded.normalizer = tokenizers.normalizers.NFC()
    compare(f"{name}: bpe, tokenizers' BPE.from_file", path, texts,
            lambda batch: [e.ids for e in loaded.encode_batch_fast(batch)])
    os.makedirs(f"{directory}/saved", exist_ok=True)
    model.save(f"{directory}/saved")
    same = True
    for file in files:
        with open(file, "rb") as ours, \
                open(f"{directory}/saved/{os.path.basename(file)}",
                     "rb") as theirs:
            same = same and ours.read() == theirs.read()
    report(same, f"{name}: bpe is what Hugging Face saves")


def check_to_tiktoken(name, path, texts, directory, nfc=False):
    target = f"{directory}/own.tiktoken"
    said = export(path, "tiktoken", target)
    if said is None:
        return report(False, f"{name}: export --to tiktoken")
    encoding = tiktoken.Encoding(
        "own", pat_str=after(said, "the pattern that cuts text: ", None),
        mergeable_ranks=tiktoken.load.load_tiktoken_bpe(target),
        special_tokens=json.loads(after(said, "added tokens: ", "{}")))
    normalize = tokenizers.normalizers.NFC().normalize_str if nfc else str
    report(nfc == ("brought to NFC" in said), f"{name}: NFC is told")
    compare(f"{name}: tiktoken", path, texts,
            lambda batch: ordinary(encoding)(list(map(normalize, batch))))


def field(reader, key):
    found = reader.get_field(key)
    return found.contents() if found else None


def check_gguf(name, path, pre, texts, directory):
    target = f"{directory}/own.gguf"
    if export(path, "gguf", target) is None:
        return report(False, f"{name}: export --to gguf")
    export(path, "json", f"{directory}/json")
    with open(f"{directory}/json/tokenizer.json", encoding="utf-8") as file:
        spelled = json.load(file)
    tokens = {i: t for t, i in spelled["model"]["vocab"].items()}
    types = dict.fromkeys(tokens, gguf.TokenType.NORMAL)
    for added in spelled["added_tokens"]:
        tokens[added["id"]] = added["content"]
        types[added["id"]] = gguf.TokenType.CONTROL if added["special"] \
            else gguf.TokenType.USER_DEFINED
    reader = gguf.GGUFReader(target)
    ids = range(len(tokens))
    report(field(reader, "tokenizer.ggml.pre") == pre and
           field(reader, "tokenizer.ggml.model") == "gpt2" and
           field(reader, "tokenizer.ggml.add_bos_token") is False and
           field(reader, "tokenizer.ggml.tokens") == [tokens[i] for i in ids]
           and field(reader, "tokenizer.ggml.token_type") ==
           [types[i] for i in ids] and
           field(reader, "tokenizer.ggml.merges") ==
           [" ".join(m) for m in spelled["model"]["merges"]],
           f"{name}: gguf, gguf's reader sees {len(tokens)} tokens, "
           f"{len(spelled['model']['merges'])} merges, pre {pre}")
    compare(f"{name}: gguf, read back", target, texts,
            lambda batch: mlin_ids(path, batch))


def check_refused(name, path, form, directory):
    target = f"{directory}/refused"
    report(export(path, form, target) is None and not os.path.exists(target),
           f"{name}: export --to {form} is refused")


def train(pattern, texts, path):
    lines = "".join(json.dumps({"text": t}) + "\n" for t in texts)
    subprocess.run([MLIN, "train", "-o", path, "--vocab-size", "8000",
                    "--pretokenizer", pattern, "--special", "<|endoftext|>",
                    "--special", "<|a b|>"],
                   input=lines.encode(), check=True)


def check_own(pattern, pre, learned, texts, directory):
    path = f"{directory}/{pattern}.json"
    name = f"own {pattern}"
    train(pattern, learned[::2], path)
    check_json(name, path, texts, directory)
    check_eos(name, directory, "<|endoftext|>")
    check_bpe(name, path, texts, directory)
    check_to_tiktoken(name, path, texts, directory, nfc=pattern == "eu")
    if pre:
        check_gguf(name, path, pre, texts, directory)
    else:
        check_refused(name, path, "gguf", directory)


# ---- GGUF of llama.cpp ----

def check_llamacpp(directory):
    source = f"{DATA}/tokenizer/llamacpp"
    if not os.path.isdir(source):
        return skip("MLIN_DATA/tokenizer is not there: ids of llama.cpp")
    known = json.loads(unpack(f"{source}/gpt-2.vocab.json.zst"))
    path = f"{directory}/gpt-2.gguf"
    writer = gguf.GGUFWriter(path, "gpt2")
    writer.add_tokenizer_model(known["model"])
    writer.add_tokenizer_pre(known["pre"])
    writer.add_token_list(known["tokens"])
    writer.add_token_types(known["token_type"])
    writer.add_token_merges(known["merges"])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    with open(f"{source}/ggml-vocab-gpt-2.gguf.inp", encoding="utf-8",
              newline="") as file:
        texts = file.read().split("\n__ggml_vocab_test__\n")
    with open(f"{source}/ggml-vocab-gpt-2.gguf.out", encoding="utf-8") as file:
        ids = [list(map(int, line.split())) for line in file]
    wanted = dict(zip(texts, ids))
    compare("llama.cpp's gpt-2: its own ids", path, texts[:len(ids)],
            lambda batch: [wanted[t] for t in batch])


def main():
    learned = list(documents(4))
    texts = learned + list(hostile())
    with tempfile.TemporaryDirectory() as directory:
        files = ranks_files(directory)
        if not files:
            skip("neither MLIN_DATA/tokenizer nor npm has tiktoken's ranks")
        for name, path in sorted(files.items()):
            check_tiktoken(name, path)
        for name in "cl100k_base", "o200k_base":
            if name in files:
                check_json(name, files[name], texts, directory)
                check_bpe(name, files[name], texts, directory)
                check_to_tiktoken(name, files[name], texts, directory)
                check_refused(name, files[name], "gguf", directory)
        if "r50k_base" in files:
            check_gguf("r50k_base", files["r50k_base"], "gpt-2", texts,
                       directory)
        check_llamacpp(directory)
        for pattern, pre in (("gpt2", "gpt-2"), ("llama3", "llama-bpe"),
                             ("qwen2", "qwen2"), ("o200k", None),
                             ("eu", None)):
            check_own(pattern, pre, learned, texts, directory)
    return finish()


sys.exit(main())
