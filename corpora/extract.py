#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Debian packages of translated documentation -> one JSONL file a language.

    extract.py SOURCES.tsv PACKAGES TEXT

Reads every PACKAGES/NAME_*.deb that SOURCES.tsv lists, as a stream (nothing
is unpacked to disk), and writes TEXT/FAMILY-LANGUAGE.jsonl.gz with lines

    {"id":FAMILY/LANG/PAGE,"source":DEB:PATH,"declared":LANG,"text":...}

`declared` is what the package says; a page that was never translated is
English under another name, and is kept so: finding that is langid's work.

A document is one page; a message catalogue is cut into documents of about
4,000 characters, in the catalogue's own order. A paragraph is one line.
Documents below MIN_CHARS are dropped. Under a limit (max_kb), pages are taken
in the order of a hash of their name, so that languages keep the same pages.

The same packages give the same bytes: pages sorted, gzip without a date.
A stamp a package (.NAME.done) holds a hash of all that its outputs depend on;
a second run with the same stamp does nothing. Two processes of about 90 MB;
17 seconds of CPU for 100 MB of packages.
"""

import csv
import gzip
import hashlib
import html
import json
import multiprocessing
import os
import re
import signal
import struct
import subprocess
import sys
import tarfile

MIN_CHARS = 200
CHUNK_CHARS = 4000          # a document cut from a message catalogue
PROCESSES = 2

# ---- markup: HTML, Mallard, DocBook -------------------------------------

TAG = re.compile(r"""<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>
    |<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>
    |<(/?)([A-Za-z][\w:.-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>""",
                 re.S | re.X)
ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>""")

# Left out with all that they hold.
DROPPED = set("""
    script style head header aside nav footer noscript pre button select form
    info links comment screen listing
    bookinfo articleinfo legalnotice programlisting indexterm remark revhistory
    """.split())
DROPPED_CLASS = re.compile(
    r"""\b(?:class|id)\s*=\s*"(?:navheader|navfooter|toc|relatedtopics|noteicon
    |list-of-\w+|SearchFrame|DonationFrame|MAC|debug)\b""", re.X)
# A tag that is in neither list ends the paragraph.
INLINE = set("""
    a abbr acronym b bdi bdo big cite code del dfn em emph font i img input
    ins kbd label mark q s samp small span strike strong sub sup tt u var wbr
    app cmd file gui guiseq key keyseq link output sys
    application command emphasis filename guibutton guiicon guilabel guimenu
    guimenuitem guisubmenu guisuffix menuchoice interface keycap keycombo
    literal ulink xref quote replaceable systemitem trademark userinput varname
    firstterm foreignphrase inlinemediaobject imageobject imagedata textobject
    option parameter productname envar citetitle email anchor mousebutton
    computeroutput prompt subscript superscript footnoteref shortcut
    """.split())
VOID = set("img input br hr meta link col wbr base".split())

MENU_STEP = re.compile(r"(</gui\w*>)\s*(<gui\w*)")
KEY_STEP = re.compile(r"(</key(?:cap)?>)\s*(<key(?:cap)?\b)")
SPACE = re.compile(r"[ \t\r\n\f]+")


def markup_paragraphs(source):
    """Paragraphs of an HTML, Mallard or DocBook page."""
    for name, double, single in ENTITY.findall(source):
        source = source.replace("&%s;" % name, double or single)
    source = MENU_STEP.sub(r"\1 → \2", source)
    source = KEY_STEP.sub(r"\1+\2", source)
    is_html = "<html" in source[:2000]
    paragraphs, run = [], []
    skipping, depth, at = None, 0, 0

    def end_paragraph():
        paragraphs.append(html.unescape("".join(run)))
        run.clear()

    for tag in TAG.finditer(source):
        if skipping is None:
            run.append(source[at:tag.start()])
            if tag[1]:
                run.append(html.escape(tag[1]))
        at = tag.end()
        if not tag[3]:
            continue
        name = tag[3].lower().rpartition(":")[2]
        closes = tag[2] == "/"
        empty = tag[4].endswith("/") or (is_html and name in VOID)
        if skipping is not None:
            if name == skipping and not empty:
                depth += -1 if closes else 1
                if depth == 0:
                    skipping = None
        elif not closes and not empty and (
                name in DROPPED or DROPPED_CLASS.search(tag[4])):
            skipping, depth = name, 1
            if name not in INLINE:
                end_paragraph()
        elif name not in INLINE:
            end_paragraph()
    if skipping is None:
        run.append(source[at:])
    end_paragraph()
    return paragraphs


# ---- manual pages -------------------------------------------------------

ROFF_NAMED = {
    "aq": "'", "dq": '"', "lq": "“", "rq": "”", "oq": "‘", "cq": "’",
    "em": "—", "en": "–", "hy": "-", "bu": "•", "co": "©", "rg": "®",
    "tm": "™", "ha": "^", "ti": "~", "rs": "\\", "Fo": "«", "Fc": "»",
    "Bq": "„", "bq": "‚", "ga": "`", "at": "@", "sh": "#", "de": "°",
    "mu": "×", "+-": "±", "->": "→", "<-": "←", "<=": "≤", ">=": "≥",
    "ss": "ß", "Po": "£", "Eu": "€",
}
ROFF_ESCAPE = re.compile(
    r"""\\(?:f(?:\[[^\]]*\]|\(..|.)        # a font
    |s[+-]?\d+ | [mMF]\[[^\]]*\]           # a size, a colour
    |[*]?\((?P<two>..) | [*]?\[(?P<name>[^\]]*)\]
    |[*](?P<one>.) | [hvwD]'[^']*' | k. | z
    |(?P<char>.))""", re.X | re.S)
ROFF_BREAKS = set("PP P LP TP IP HP RS RE br sp TQ SY YS".split())
ROFF_FONTS = set("B I SM SB BR BI IB IR RB RI".split())
ROFF_BLOCKS = {"nf": "fi", "EX": "EE", "TS": "TE", "de": ".", "ig": "."}


def roff_escape(match):
    name = match["two"] or match["name"]
    if name:
        point = re.fullmatch(r"u([0-9A-F]{4,6})", name)
        if point:
            code = int(point[1], 16)
            ok = code < 0x110000 and not 0xD800 <= code < 0xE000
            return chr(code) if ok else ""
        return ROFF_NAMED.get(name, "")
    char = match["char"] or ""
    return {"-": "-", " ": " ", "~": "\xa0", "0": " ", "e": "\\", "\\": "\\",
            ".": ".", "'": "'", "`": "`"}.get(char, "")


def roff_text(line):
    return ROFF_ESCAPE.sub(roff_escape, re.sub(r'\\["#].*', "", line))


def roff_arguments(line):
    return [a.replace('""', '"') if q is None else q.replace('""', '"')
            for q, a in (m.groups() for m in re.finditer(
                r'"((?:[^"]|"")*)"?|((?:\\ |[^\s"])\S*(?:(?<=\\) \S*)*)',
                line))]


def man_paragraphs(source):
    """Paragraphs of a page in the man macros; none of one in mdoc."""
    if re.search(r"^\.Dd ", source, re.M):
        return []
    paragraphs, run, until = [], [], None

    def end_paragraph():
        paragraphs.append(" ".join(run))
        run.clear()

    for line in source.split("\n"):
        control = re.match(r"[.'][ \t]*([^\s\\]*)[ \t]*(.*)", line)
        macro = control[1] if control else None
        if until is not None:
            if macro == until:
                until = None
        elif macro is None:
            if not line.strip() or line[0] in " \t":
                end_paragraph()
            run.append(roff_text(line))
        elif macro in ROFF_BLOCKS:
            end_paragraph()
            until = ROFF_BLOCKS[macro]
        elif macro in ("SH", "SS"):
            end_paragraph()
            run.append(roff_text(" ".join(roff_arguments(control[2]))))
            end_paragraph()
        elif macro in ROFF_FONTS:
            glue = " " if len(macro) == 1 or macro[0] == "S" else ""
            run.append(roff_text(glue.join(roff_arguments(control[2]))))
        elif macro in ROFF_BREAKS:
            end_paragraph()
    end_paragraph()
    return paragraphs


# ---- message catalogues -------------------------------------------------

MESSAGE_TAG = re.compile(r"</?\w[^<>]*>")


def catalogue_messages(data):
    """Translations of a .mo file, in the order of the file."""
    for order in "<>":
        magic, _, count, ids, texts = struct.unpack_from(order + "5I", data)
        if magic == 0x950412DE:
            break
    else:
        raise ValueError("not a message catalogue")
    for n in range(count):
        id_len, _ = struct.unpack_from(order + "2I", data, ids + 8 * n)
        length, at = struct.unpack_from(order + "2I", data, texts + 8 * n)
        if id_len == 0:         # the catalogue's own header
            continue
        if at + length > len(data):
            raise ValueError("message past the end")
        yield from data[at:at + length].decode("utf-8").split("\0")


def catalogue_documents(data):
    """Sentences of a catalogue; labels of one or two words are left out."""
    lines, chars, documents = [], 0, []
    for message in catalogue_messages(data):
        message = re.sub(r"~(?=\w)", "", MESSAGE_TAG.sub("", message))
        for line in message.split("\n"):
            line = line.strip()
            if len(line) >= 20 and len(line.split()) >= 3:
                lines.append(line)
                chars += len(line)
        if chars >= CHUNK_CHARS:
            documents.append(lines)
            lines, chars = [], 0
    return documents + [lines]


# ---- families -----------------------------------------------------------

def page(paragraphs):
    """A reader of one-document files, from a function of their text."""
    return lambda data: [paragraphs(data.decode("utf-8-sig"))]


def manual(data):
    return [man_paragraphs(gzip.decompress(data).decode("utf-8"))]


HELP = r"usr/share/help/(?P<lang>[^/]+)/"
FAMILIES = {
    "libreoffice-help": (page(markup_paragraphs), re.compile(
        r"usr/share/libreoffice/help/(?P<lang>[^/]+)/text/"
        r"(?P<name>.+\.html)")),
    "installation-guide": (page(markup_paragraphs), re.compile(
        r"usr/share/doc/installation-guide-\w+/(?P<lang>[^/]+)/"
        r"(?P<name>.+\.html)")),
    "gnome-user-docs": (page(markup_paragraphs), re.compile(
        HELP + r"(?P<name>[^/]+/(?!legal).+\.page)")),
    "mate-user-guide": (page(markup_paragraphs), re.compile(
        HELP + r"(?P<name>mate-user-guide/(?!legal).+\.(?:xml|docbook))")),
    "libreoffice-l10n": (catalogue_documents, re.compile(
        r"usr/lib/libreoffice/program/resource/(?P<lang>[^/]+)/LC_MESSAGES/"
        r"(?P<name>.+\.mo)")),
    "wesnoth": (catalogue_documents, re.compile(
        r"usr/share/games/wesnoth/[^/]+/locale/(?P<lang>[^/]+)/LC_MESSAGES/"
        r"(?P<name>.+\.mo)")),
    "manpages": (manual, re.compile(
        r"usr/share/man/(?P<lang>[^/]+)/(?P<name>man\d/.+)\.gz")),
}


def language_tag(name):
    """A path's language as SOURCES.tsv writes it (C is English)."""
    name = re.sub("@latin$", "-Latn", name.replace("_", "-"), flags=re.I)
    return {"C": "en", "en-US": "en"}.get(name, name)


def clean(paragraphs):
    lines = (SPACE.sub(" ", p).strip() for p in paragraphs)
    return "\n".join(p for p in lines if any(c.isalpha() for c in p))


# ---- one package --------------------------------------------------------

def deb_files(deb):
    """(path, tar, member) of each plain file in a package, in turn."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb],
                          stdout=subprocess.PIPE) as unpack:
        with tarfile.open(fileobj=unpack.stdout, mode="r|") as tar:
            for member in tar:
                if member.isfile():
                    yield member.name.removeprefix("./"), tar, member
        unpack.stdout.read()
    if unpack.returncode != 0:
        raise OSError("dpkg-deb: status %d" % unpack.returncode)


def write_atomically(path, data):
    part = path + ".part"
    with open(part, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, path)


def language_documents(row, lang, files, deb):
    """The lines of one language, and their text's size; capped, sorted."""
    read = FAMILIES[row["family"]][0]
    limit = int(row["max_kb"]) * 1000 if row["max_kb"] else None
    lines, size, unread = [], 0, 0

    def place(item):
        return hashlib.blake2b(item[0].encode()).digest()

    for name, (path, data) in sorted(files.items(), key=place):
        if limit is not None and size >= limit:
            break
        try:
            documents = read(data)
        except (ValueError, OSError, struct.error):
            unread += 1         # an old page in another charset, mostly
            continue
        for n, paragraphs in enumerate(documents, 1):
            text = clean(paragraphs)
            if len(text) < MIN_CHARS:
                continue
            id_ = "%s/%s/%s" % (row["family"], lang, name)
            if read is catalogue_documents:
                id_ += "/%04d" % n
            record = {"id": id_, "source": "%s:%s" % (deb, path),
                      "declared": lang, "text": text}
            lines.append((id_, json.dumps(record, ensure_ascii=False,
                                          separators=(",", ":"))))
            size += len(text.encode())
    lines.sort()
    return [line for _, line in lines], size, unread


def package_extract(job):
    """Writes a package's files; returns its rows of the summary."""
    row, deb, text_dir, stamp = job
    mark = os.path.join(text_dir, ".%s.done" % row["package"])
    wanted = row["languages"].split()
    pattern = FAMILIES[row["family"]][1]
    done, unread, found = [], 0, {}
    for path, tar, member in deb_files(deb):
        match = pattern.fullmatch(path)
        lang = match and language_tag(match["lang"])
        if lang in wanted:
            data = tar.extractfile(member).read()
            found.setdefault(lang, {})[match["name"]] = (path, data)
    for lang in sorted(found):
        lines, size, bad = language_documents(row, lang, found[lang],
                                              os.path.basename(deb))
        unread += bad
        if not lines:
            continue
        name = "%s-%s.jsonl.gz" % (row["family"], lang)
        write_atomically(os.path.join(text_dir, name), gzip.compress(
            "".join(l + "\n" for l in lines).encode(), 6, mtime=0))
        done.append([name, row["family"], lang, len(lines), size])
    missing = [lang for lang in wanted if lang not in found]
    write_atomically(mark, json.dumps(
        {"stamp": stamp, "done": done, "unread": unread,
         "missing": missing}).encode())
    return row["package"]


def package_try(job):
    try:
        return package_extract(job), None
    except (OSError, tarfile.TarError, ValueError) as error:
        return job[0]["package"], str(error)


# ---- all packages -------------------------------------------------------

def say(text):
    print("extract: " + text, file=sys.stderr, flush=True)


def mark_read(path):
    try:
        with open(path, "rb") as mark:
            return json.load(mark)
    except (OSError, ValueError):
        return {}


def jobs_find(rows, packages, text_dir):
    """Work to do, biggest first; and the packages that are here."""
    with open(__file__, "rb") as own:
        code = own.read()
    jobs, present = [], []
    debs = sorted(n for n in os.listdir(packages) if n.endswith(".deb"))
    for row in rows:
        name = [n for n in debs if n.startswith(row["package"] + "_")]
        if not name:
            continue
        deb = os.path.join(packages, name[-1])
        size = os.path.getsize(deb)
        key = "\0".join([name[-1], str(size)] + sorted(
            "%s=%s" % (k, row[k])
            for k in ("family", "languages", "max_kb")))
        stamp = hashlib.blake2b(code + key.encode()).hexdigest()
        present.append(row["package"])
        mark = mark_read(os.path.join(text_dir, ".%s.done" % row["package"]))
        if mark.get("stamp") != stamp or not all(
                os.path.exists(os.path.join(text_dir, entry[0]))
                for entry in mark["done"]):
            jobs.append((row, deb, text_dir, stamp))
    jobs.sort(key=lambda job: (-os.path.getsize(job[1]), job[1]))
    return jobs, present


def leftovers_remove(text_dir, keep):
    """Files that no present package wrote: of other packages, or cut off."""
    for name in os.listdir(text_dir):
        if name.endswith(".jsonl.gz") and name not in keep or (
                name.endswith(".part")):
            os.remove(os.path.join(text_dir, name))


def summary_write(rows, path):
    rows = [["file", "family", "declared", "documents", "text_bytes"]] + rows
    lines = ["\t".join(map(str, row)) for row in rows]
    write_atomically(path, ("\n".join(lines) + "\n").encode())


def summary_say(rows):
    languages = {}
    for _, _, lang, documents, size in rows:
        total = languages.setdefault(lang, [0, 0])
        total[0] += documents
        total[1] += size
    say(" ".join("%s %.2f" % (lang, languages[lang][1] / 1e6)
                 for lang in sorted(languages)) + " (MB of text)")
    say("%d files, %d languages, %d documents, %.1f MB of text" % (
        len(rows), len(languages), sum(r[3] for r in rows),
        sum(r[4] for r in rows) / 1e6))


def main():
    if len(sys.argv) != 4:
        say("usage: extract.py SOURCES.tsv PACKAGES TEXT")
        return 2
    with open(sys.argv[1], encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))
    packages, text_dir = sys.argv[2], sys.argv[3]
    os.makedirs(text_dir, exist_ok=True)
    jobs, present = jobs_find(rows, packages, text_dir)
    failed = []
    with multiprocessing.Pool(PROCESSES, signal.signal,
                              (signal.SIGINT, signal.SIG_IGN)) as pool:
        for n, (name, error) in enumerate(
                pool.imap_unordered(package_try, jobs), 1):
            if error:
                failed.append(name)
            say("%d/%d %s%s" % (n, len(jobs), name,
                                ": " + error if error else ""))
    marks = {name: mark_read(os.path.join(text_dir, ".%s.done" % name))
             for name in present if name not in failed}
    done = sorted(entry for mark in marks.values()
                  for entry in mark.get("done", []))
    names = [entry[0] for entry in done]
    families = {row["package"]: row["family"] for row in rows}
    if len(set(names)) != len(names):
        say("SOURCES.tsv lets two packages write one file")
        return 1
    for name, mark in sorted(marks.items()):
        lacking = [lang for lang in mark.get("missing", [])
                   if not any(entry[1:3] == [families[name], lang]
                              for entry in done)]
        if lacking:
            say("%s: nothing for %s" % (name, " ".join(lacking)))
        if mark.get("unread"):
            say("%s: %d pages not readable as UTF-8" % (name, mark["unread"]))
    leftovers_remove(text_dir, set(names))
    if not done:
        say("no text")
        return 3
    summary_write(done, os.path.join(os.path.dirname(
        os.path.abspath(text_dir)), "summary.tsv"))
    summary_say(done)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
