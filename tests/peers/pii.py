# SPDX-License-Identifier: Apache-2.0
"""
Numbers of persons and firms, accounts and cards: `mlin redact` finds all that
the python-stdnum library says is valid, and next to nothing that it says is
not.

Random numbers of each form are made, most of them wrong in one digit only,
written as people write them behind a word for them, and judged by both.

Usage: pii.py path/to/mlin
"""
import json
import os
import random
import subprocess
import sys
from importlib import import_module

from common import finish, report

MLIN = sys.argv[1] if len(sys.argv) > 1 else "build/mlin"
SAMPLES = 4000

# Type, stdnum's module, form (# a digit, ? a letter, % a day, @ a month, others
# themselves), and the word.
KINDS = [
    ("national_id", "at.vnr", "#### %@##", "SVNR"),
    ("national_id", "be.nn", "8#@%#####", "Rijksregisternummer"),
    ("national_id", "bg.egn", "##@%####", "ЕГН"),
    ("national_id", "cz.rc", "##@%/####", "rodné číslo"),
    ("national_id", "de.idnr", "###########", "Steuer-ID"),
    ("national_id", "ee.ik", "4##@%####", "isikukood"),
    ("national_id", "lt.asmens", "4##@%####", "asmens kodas"),
    ("national_id", "es.dni", "########?", "DNI"),
    ("national_id", "es.nie", "X#######?", "NIE"),
    ("national_id", "fi.hetu", "%@##-###?", "HETU"),
    ("national_id", "fr.nir", "1 ## @ ## ### ### ##", "NIR"),
    ("national_id", "gr.amka", "%@#######", "ΑΜΚΑ"),
    ("national_id", "hr.oib", "###########", "OIB"),
    ("national_id", "ie.pps", "#######?", "PPS"),
    ("national_id", "ie.pps", "#######?A", "PPS"),
    ("national_id", "it.codicefiscale", "??????##?##?###?", "codice fiscale"),
    ("national_id", "nl.bsn", "#########", "BSN"),
    ("national_id", "pl.pesel", "##@%#####", "PESEL"),
    ("national_id", "pt.nif", "#########", "NIF"),
    ("national_id", "pt.cc", "#########??#", "cartão"),
    ("national_id", "ro.cnp", "1##@%1#####", "CNP"),
    ("national_id", "se.personnummer", "##@%-####", "samordningsnummer"),
    ("national_id", "si.emso", "%@9########", "EMŠO"),
    ("vat", "at.uid", "ATU########", "UID"),
    ("vat", "be.vat", "BE 0###.###.###", "BTW"),
    ("vat", "bg.vat", "BG#########", "ДДС"),
    ("vat", "cy.vat", "CY1#######?", "ΦΠΑ"),
    ("vat", "cz.dic", "CZ########", "DIČ"),
    ("vat", "cz.dic", "CZ6########", "DIČ"),
    ("vat", "de.vat", "DE#########", "USt-IdNr."),
    ("vat", "dk.cvr", "DK## ## ## ##", "CVR"),
    ("vat", "ee.kmkr", "EE#########", "KMKR"),
    ("vat", "gr.vat", "EL#########", "ΑΦΜ"),
    ("vat", "es.nif", "ESB########", "NIF"),
    ("vat", "es.nif", "ESP#######?", "NIF"),
    ("vat", "fi.alv", "FI#######-#", "ALV"),
    ("vat", "fr.tva", "FR## ### ### ###", "TVA"),
    ("vat", "fr.tva", "FR?#### ### ###", "TVA"),
    ("vat", "hr.oib", "HR###########", "OIB"),
    ("vat", "hu.anum", "HU########", "adószám"),
    ("vat", "ie.vat", "IE#######?", "VAT"),
    ("vat", "ie.vat", "IE#######?H", "VAT"),
    ("vat", "ie.vat", "IE#D#####?", "VAT"),
    ("vat", "it.iva", "IT###########", "P. IVA"),
    ("vat", "lt.pvm", "LT#######1#", "PVM"),
    ("vat", "lt.pvm", "LT##########1#", "PVM"),
    ("vat", "lu.tva", "LU########", "TVA"),
    ("vat", "lv.pvn", "LV4##########", "PVN"),
    ("vat", "lv.pvn", "LV32#########", "PVN"),
    ("vat", "mt.vat", "MT########", "VAT"),
    ("vat", "nl.btw", "NL#########B01", "BTW"),
    ("vat", "pl.nip", "PL###-###-##-##", "NIP"),
    ("vat", "pt.nif", "PT#########", "NIF"),
    ("vat", "ro.cf", "RO########", "CUI"),
    ("vat", "se.vat", "SE##########01", "moms"),
    ("vat", "si.ddv", "SI########", "DDV"),
    ("vat", "sk.dph", "SK##########", "IČ DPH"),
    ("vat", "gb.vat", "XI### #### ##", "VAT"),
    ("iban", "iban", "DE## #### #### #### #### ##", "IBAN"),
    ("iban", "iban", "NL##INGB##########", "IBAN"),
    ("card", "luhn", "4### #### #### ####", "Visa"),
]


# States whose numbers some of the above are, too.
MORE = [("national_id", "dk.cpr", "", ""), ("national_id", "lv.pvn", "", ""),
        ("national_id", "hu.anum", "", "")]


def fill(form, rng):
    made = ""
    for c in form:
        made += (str(rng.randrange(10)) if c == "#" else
                 rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if c == "?" else
                 f"{rng.randrange(1, 29):02}" if c == "%" else
                 f"{rng.randrange(1, 13):02}" if c == "@" else c)
    return made


def candidates(form, is_valid, rng):
    """Half are valid, if chance gives as many, a quarter differ by a digit."""
    valid = []
    for _ in range(SAMPLES * 40):
        number = fill(form, rng)
        if is_valid(number):
            valid.append(number)
        if len(valid) == SAMPLES // 2:
            break
    changed = []
    for number in valid[:SAMPLES // 4]:
        at = rng.choice([i for i, c in enumerate(number) if c.isdigit()])
        changed.append(number[:at] + str(rng.randrange(10)) + number[at + 1:])
    return valid + changed + [fill(form, rng) for _ in range(SAMPLES // 4)]


def ours(kind, numbers, word):
    lines = "".join(json.dumps({"text": f"{word}: {n}."}) + "\n"
                    for n in numbers)
    out = subprocess.run([MLIN, "redact", "--quiet", "--mode", "offsets",
                          "--types", kind], input=lines, check=True,
                         capture_output=True, text=True).stdout
    for line, number in zip(out.splitlines(), numbers):
        begin = len(f"{word}: ".encode())
        yield [kind, begin, begin + len(number)] in json.loads(line).get(
            "pii_spans", [])


def is_valid(name, number):
    if name == "gb.vat":
        number = number.replace("XI", "GB")
    if name in ("luhn", "be.vat"):
        number = number.replace(" ", "").replace(".", "")
    if name == "se.vat" and number[-2:] != "01":
        # The library knows no other; the tax office does.
        number = number[:-2] + ("01" if "00" < number[-2:] < "95" else "00")
    return import_module("stdnum." + name).is_valid(number)


def is_anothers(kind, number):
    """Some other state's number looks the same and is valid."""
    return kind == "national_id" and any(
        is_valid(name, number) for k, name, _, _ in KINDS + MORE if k == kind)


def judge(kind, name, form, word, rng):
    numbers = candidates(form, lambda n: is_valid(name, n), rng)
    theirs = [is_valid(name, n) for n in numbers]
    differ = [(n, t) for n, t, o in zip(numbers, theirs,
                                        ours(kind, numbers, word))
              if t != o and (t or not is_anothers(kind, n))]
    missed = [n for n, t in differ if t]
    # The library knows some rules more: which years a serial can be of.
    wrong = [n for n, t in differ if not t]
    report(not missed and len(wrong) * 500 < len(numbers) and
           sum(theirs) > 20,
           f"{kind} {name} {form}: {len(numbers)} numbers, {sum(theirs)} "
           f"valid; {len(missed)} missed {missed[:3]}, {len(wrong)} more "
           f"found {wrong[:3]}")


def main():
    rng = random.Random(5)
    for kind, name, form, word in KINDS:
        judge(kind, name, form, word, rng)
    sys.exit(finish())


main()
