# SPDX-License-Identifier: Apache-2.0
"""
The shards of mlin encode are those that trainers' own readers read.

Megatron's IndexedDataset (the file of PyPI's megatron-core, fetched without
what it depends on) and datatrove's DatatroveFileDataset read what mlin encode
wrote; each document is compared, token by token, with --format ids.  Where
PyTorch is not installed, the two readers run with NumPy in its place: they use
it for nothing but wrapping arrays.

Usage: shards.py path/to/mlin
"""
import glob
import importlib.util
import json
import logging
import os
import random
import struct
import subprocess
import sys
import tempfile
import types
import zipfile

import humanize
import numpy
import tokenizers

from common import finish, report, skip

MLIN = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/mlin")
MEGATRON = "megatron-core==0.16.1"


def numpy_for_torch():
    """What the readers use of PyTorch, by NumPy; returns how it is called."""
    if importlib.util.find_spec("torch"):
        return "PyTorch"
    torch = types.ModuleType("torch")
    torch.__spec__ = importlib.util.spec_from_loader("torch", None)
    torch.__version__ = "0.0.0"
    torch.utils = types.ModuleType("torch.utils")
    torch.utils.data = types.ModuleType("torch.utils.data")
    torch.utils.data.Dataset = object
    torch.Tensor = numpy.ndarray
    torch.long = torch.int64 = numpy.int64
    torch.int = numpy.int32
    torch.as_tensor = torch.tensor = \
        lambda values, dtype=None: numpy.asarray(values, dtype=dtype)
    torch.ones = lambda count, dtype=None: numpy.ones(count, dtype=dtype)
    torch.cat = lambda parts: numpy.concatenate(parts)
    torch.cumsum = lambda values, dim: numpy.cumsum(values, axis=dim)
    for name in "torch", "torch.utils", "torch.utils.data":
        module = torch
        for part in name.split(".")[1:]:
            module = getattr(module, part)
        sys.modules[name] = module
    return "NumPy for PyTorch"


def megatron_reader(directory):
    """megatron-core's IndexedDataset, from its own file alone; or None."""
    fetched = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps",
         "--disable-pip-version-check", "-d", directory, MEGATRON])
    wheels = glob.glob(f"{directory}/megatron_core-*.whl")
    if fetched.returncode != 0 or not wheels:
        return None
    inside = "megatron/core/datasets/indexed_dataset.py"
    zipfile.ZipFile(wheels[0]).extract(inside, directory)
    # What the file imports of its package, for things it does not do here:
    # object storage and the log of a process group.
    stand_in = lambda name: sys.modules.setdefault(
        name, types.ModuleType(name))
    for name in "megatron", "megatron.core", "megatron.core.datasets":
        stand_in(name)
    storage = stand_in("megatron.core.datasets.object_storage_utils")
    for name in ("S3Config", "ObjectStorageConfig", "cache_index_file",
                 "dataset_exists", "get_index_cache_path",
                 "get_object_storage_access", "parse_s3_path"):
        setattr(storage, name, None)
    storage.is_object_storage_path = lambda path: False
    feature = types.SimpleNamespace(is_enabled=lambda: False)
    stand_in("megatron.core.msc_utils").MultiStorageClientFeature = feature
    stand_in("megatron.core.utils").log_single_rank = \
        lambda logger, *rest, **more: None
    spec = importlib.util.spec_from_file_location(
        "megatron.core.datasets.indexed_dataset", f"{directory}/{inside}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.IndexedDataset


def documents(count):
    dice = random.Random(2)
    words = ("Mühle mlýn mulino moulin molino myllykkä malūnas dzirnavas veski "
             "μύλος мелница млин წისქვილი 風車 12 345 … don't\n").split(" ")
    for i in range(count):
        yield " ".join(dice.choices(words, k=i % 50))  # some have no text


def tokenizer_of(size, path):
    """A vocabulary of `size` tokens: the last ones only make it large."""
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(
        add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    tokenizer.train_from_iterator(
        list(documents(500)), tokenizers.trainers.BpeTrainer(
            vocab_size=500, special_tokens=["<|endoftext|>"],
            show_progress=False,
            initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet()))
    have = tokenizer.get_vocab_size()
    tokenizer.add_special_tokens(
        [f"<|unused{i}|>" for i in range(size - have - 1)] + ["<|last|>"])
    assert tokenizer.get_vocab_size() == size
    tokenizer.save(path)


def encode(path, texts, out, *options):
    lines = "".join(json.dumps({"text": t, "lang": "deu_Latn"}) + "\n"
                    for t in texts).encode()
    subprocess.run([MLIN, "encode", "--tokenizer", path, "--format",
                    "megatron,datatrove,ids", "--out", out, "--quiet",
                    *options], input=lines, check=True)
    out = out.replace("{lang}", "deu_Latn")
    with open(f"{out}/ids.jsonl", encoding="ascii") as file:
        return [json.loads(line) for line in file]


def check_megatron(reader, directory, ids, what):
    dataset = reader(f"{directory}/tokens")
    same = len(dataset) == len(ids) and all(
        list(map(int, dataset[i])) == ids[i] for i in range(len(ids)))
    ends = list(map(int, dataset.document_indices)) == \
        list(range(len(ids) + 1))
    report(same and ends, f"Megatron: {what}: {len(ids)} documents, "
                          f"{sum(map(len, ids))} tokens")


def check_layout(directory, ids, what):
    """The same by the published layout alone, without anybody's reader."""
    with open(f"{directory}/tokens.idx", "rb") as file:
        idx = file.read()
    magic, version, code, count, entries = struct.unpack_from("<9sQBQQ", idx)
    lengths = numpy.frombuffer(idx, "<i4", count, 34)
    pointers = numpy.frombuffer(idx, "<i8", count, 34 + 4 * count)
    ends = numpy.frombuffer(idx, "<i8", entries, 34 + 12 * count)
    kind = {8: "<u2", 4: "<i4"}[code]
    tokens = numpy.fromfile(f"{directory}/tokens.bin", kind)
    width = tokens.dtype.itemsize
    got = [tokens[p // width:p // width + n].tolist()
           for p, n in zip(pointers, lengths)]
    report(magic == b"MMIDIDX\0\0" and version == 1 and got == ids and
           ends.tolist() == list(range(len(ids) + 1)) and
           len(idx) == 34 + 12 * count + 8 * entries,
           f"Megatron's layout: {what}: {len(ids)} documents")


def check_datatrove(reader, directory, ids, what):
    path = f"{directory}/00000_unshuffled.ds"
    with open(path + ".metadata", encoding="utf-8") as file:
        name, count, people = file.read().split("\n")
    width = int(name.split("|")[1])
    flat = [token for document in ids for token in document]
    ends = numpy.cumsum([len(document) for document in ids]).tolist()
    window = 7
    data = reader(path, seq_len=window - 1, token_size=width,
                  return_positions=True)
    got = [int(t) for i in range(len(data)) for t in data[i]["input_ids"]]
    index = numpy.fromfile(path + ".index", "<u8").tolist()
    report(got == flat[:len(flat) // window * window] and
           len(got) + window > len(flat) and index == ends and
           int(count) == len(flat),
           f"datatrove: {what}: {len(ids)} documents, {len(flat)} tokens, "
           f"{people}")
    report(people == humanize.metric(len(flat), unit="T"),
           f"datatrove: {what}: its count for people")


def check_positions(reader, directory, ids):
    """datatrove finds the documents' beginnings from our index."""
    data = reader(f"{directory}/00000_unshuffled.ds", seq_len=99,
                  token_size=2, return_positions=True)
    want = [i for document in ids for i in range(len(document))]
    ok = True
    for i in range(len(data)):
        part = want[i * 100:(i + 1) * 100]
        first = part.index(0) if 0 in part else 100
        # A window counts from its own beginning up to the first new document.
        part[:first] = range(first)
        ok = ok and list(map(int, data[i]["positions"])) == part
    report(ok and len(data) > 3, "datatrove: positions in documents")


def check_decode(path, directory, texts):
    for name in "megatron", "datatrove":
        out = subprocess.run([MLIN, "decode", "--tokenizer", path, "--format",
                              name, directory], stdout=subprocess.PIPE,
                             check=True).stdout
        back = [json.loads(line)["text"] for line in out.splitlines()]
        report(back == texts, f"mlin decode of {name}: {len(back)} documents")


def main():
    logging.disable(logging.WARNING)
    how = numpy_for_torch()
    print(f"readers run with {how}")
    texts = list(documents(3000))
    with tempfile.TemporaryDirectory() as directory:
        megatron = megatron_reader(directory)
        if not megatron:
            skip(f"{MEGATRON} cannot be fetched from PyPI: Megatron's reader "
                 "did not read our shards")
        try:
            from datatrove.utils.dataset import DatatroveFileDataset
        except ImportError as error:
            DatatroveFileDataset = None
            skip(f"datatrove's reader did not read our shards: {error}")
        for size in 600, 65499, 65500, 65536, 65537, 70000:
            path = f"{directory}/tok{size}.json"
            out = f"{directory}/shards-{size}/{{lang}}"
            tokenizer_of(size, path)
            # The last token makes both halves of a wide id count.
            own = texts + ["<|last|> mlin <|last|>"]
            ids = encode(path, own, out, "--allow-special")
            out = out.replace("{lang}", "deu_Latn")
            what = f"{size} tokens"
            report(ids[-1][0] == size - 1 and ids[0] == [0], f"ids: {what}")
            if megatron:
                check_megatron(megatron, out, ids, what)
            check_layout(out, ids, what)
            if DatatroveFileDataset:
                check_datatrove(DatatroveFileDataset, out, ids, what)
            if size == 600 and DatatroveFileDataset:
                check_positions(DatatroveFileDataset, out, ids)
            check_decode(path, out, texts + [" mlin "])
        out = f"{directory}/empty"
        encode(path, [], out)
        check_layout(out, [], "no documents")
        if DatatroveFileDataset:
            check_datatrove(DatatroveFileDataset, out, [], "no documents")
    return finish()


sys.exit(main())
