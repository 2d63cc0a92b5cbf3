# SPDX-License-Identifier: Apache-2.0
"""What the peer tests share: counting, and reading packed data."""
import zstandard

passed = failed = skipped = 0


def report(ok, what):
    global passed, failed
    passed, failed = passed + ok, failed + (not ok)
    print("ok    " if ok else "FAIL  ", what, flush=True)


def skip(what):
    global skipped
    skipped += 1
    print("SKIP  ", what, flush=True)


def finish():
    """Print the sums; returns the status to exit with."""
    if skipped:
        print(f"{skipped} SKIPPED")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


def unpack(path):
    with open(path, "rb") as file:
        return zstandard.ZstdDecompressor().stream_reader(file).read()
