#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write tests/pii/*.tsv: sentences with what must be found in them, marked.

    tests/pii/make.py          (the files are committed; this is how they came)

The sentences are ours, the numbers random (numbers.py): nobody's.  A line is
LANGUAGE <tab> TEXT; what must be found stands between ⟦ and ⟧.  A line without
marks is a near miss: nothing may be found in it.
"""
import importlib.util
import random
from pathlib import Path

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("pii_numbers", HERE / "numbers.py")
n = importlib.util.module_from_spec(spec)
spec.loader.exec_module(n)
r = random.Random(2026)
EU = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO " \
     "SE SI SK".split()


def write(name, found, missed):
    lines = [f"{lang}\t{text}" for lang, text in found]
    lines += [f"{lang}\t{text}" for lang, text in missed]
    assert sum("⟦" in x for x in lines) >= 40, name
    assert name == "none" or sum("⟦" not in x for x in lines) >= 20, name
    (HERE / f"{name}.tsv").write_text("\n".join(lines) + "\n")


def fill(templates, make, times=1):
    return [(lang, text.replace("%", f"⟦{make()}⟧"))
            for _ in range(times) for lang, text in templates]


def spoil(x):
    """The same with another last digit."""
    k = max(k for k, c in enumerate(x) if c.isdigit())
    return x[:k] + str((int(x[k]) + 1) % 10) + x[k + 1:]


EMAIL = [
    ("deu", "Schreiben Sie bitte an %, wir antworten bald."),
    ("fra", "Pour toute question : %."), ("pol", "Kontakt: % (pon.–pt.)"),
    ("ces", "Přihlášky posílejte na adresu % do pátku."),
    ("ell", "Στείλτε μήνυμα στο % για κρατήσεις."),
    ("bul", "Пишете ни на %, ще отговорим."), ("fin", "Sähköposti: %"),
    ("mlt", "Ikteb lil % għal aktar tagħrif."), ("hun", "E-mail: <%>"),
    ("gle", "Seol ríomhphost chuig %."), ("por", "escreva para % ou ligue"),
    ("lit", "Rašykite el. paštu %; atsakysime."), ("swe", "mejla „%“ snarast"),
    ("ron", "Scrieți-ne la %!"), ("nld", "mail naar %, of kom langs"),
    ("hrv", "Prijave na: % — hvala"), ("spa", "mailto:%"),
    ("eng", "Contact [%] for the minutes."), ("lav", "rakstiet: %"),
    ("est", "Küsimused saatke aadressile %."), ("dan", "Skriv til % i dag"),
    ("slk", "Píšte na %."), ("slv", "Pošljite na % ali po pošti."),
    ("ita", "Scrivete a %, grazie."),
]
names = ["anna.kowalska", "j.novak", "info", "maria_papadopoulou", "o'brien",
         "jan+lista", "p.van-den-berg", "x99", "müller", "георги.петров",
         "μαρία", "k", "bibliothek-nord", "Åsa.Lind", "ANNA"]
hosts = ["beispiel.de", "priklad.cz", "mail.example.org", "exemple.fr",
         "παράδειγμα.ελ", "пример.бг", "posta.gov.mt", "uni-nord.ac.uk",
         "example.eu", "kool.ee", "a1.hr", "sub.domain.example.com",
         "straße-nord.de", "EXAMPLE.COM"]
write("email",
      fill(EMAIL, lambda: r.choice(names) + "@" + r.choice(hosts), 2),
      [("eng", x) for x in [
          "Follow @malta_news for more.", "The image logo@2x.png is too large.",
          "He typed foo@bar and pressed enter.", "3 kg @ 4.50 each",
          "pip install tool@1.2.3", "clone git@example.org:team/repo.git first",
          "An @ sign alone.", "user@localhost is the default",
          "icon@3x.webp and icon@3x.jpg", "@media (max-width: 600px)",
          "a@.com is no address", "name@ host.org", "@@ -1,5 +1,6 @@",
          "call f(x)@y", "use @Override here", "left@right@", "me@-bad.org"]] +
      [("deu", "5 Stück @ 3,20 €"), ("ell", "Ακολουθήστε το @nea_athina"),
       ("bul", "Следвайте @sofia_dnes днес"), ("pol", "obrazek tlo@2x.jpg"),
       ("fra", "rendez-vous @ la gare"), ("ces", "sejdeme se @ nádraží")])

PUBLIC = lambda: ".".join(str(x) for x in (
    r.choice([31, 46, 62, 77, 81, 88, 91, 109, 151, 176, 193, 212]),
    r.randint(33, 255), r.randint(0, 255), r.randint(1, 254)))
HEX = lambda: f"{r.randint(0x100, 0xffff):x}"
V6 = lambda: r.choice([
    lambda: "2001:" + ":".join(HEX() for _ in range(7)),
    lambda: f"2a02:{HEX()}:{HEX()}::{HEX()}",
    lambda: f"fe80::{HEX()}:{HEX()}:{HEX()}:{HEX()}",
    lambda: f"2003:{HEX()}::1"])()
IP = [
    ("eng", "Edited by %, no account."), ("deu", "Zugriff von % um 12:31 Uhr"),
    ("fra", "Connexion refusée depuis % hier soir."), ("pol", "Autor: %"),
    ("ell", "Η διεύθυνση % μπλοκαρίστηκε."), ("bul", "Потребител % написа:"),
    ("ces", "Diskusi vložil (%) v pátek."), ("spa", "desde % a las 10"),
    ("fin", "Muokkaaja % poisti rivin."), ("mlt", "miktub minn %"),
    ("hun", "A(z) % címről"), ("swe", "IP: %"), ("nld", "van [%] geplaatst"),
    ("ron", "Adresa % a fost blocată."), ("lit", "iš % prisijungta"),
    ("slv", "Zapisal %"), ("hrv", "Korisnik % piše"), ("ita", "inviato da %;"),
    ("por", "enviado por % ontem"), ("est", "kirjutas %"),
    ("lav", "no % ierakstīts"), ("dan", "fra % i går"), ("gle", "ó % inné"),
    ("slk", "z adresy %"),
]
write("ip", fill(IP, PUBLIC) + fill(IP, V6),
      [("eng", x) for x in [
          "Version 2.34.57.1 is out.", "see section 3.2.1.4 above",
          "router at 192.168.1.1", "bind to 127.0.0.1 only", "10.20.30.40 is ours",
          "mask 255.255.255.0", "at 12:30:45 sharp", "from 10:00 to 12:00",
          "a::b in C++", "std::vector::size", "1.2.3 was better", "300.1.2.3",
          "ratio 1:2:3:4", "chapter 1.2.3.4.5", "release 45.12.99.3",
          "MAC 00:1a:2b:3c:4d:5e", "Dada::cafe", "net 172.16.40.9 here"]] +
      [("deu", "Firmware 81.3.44.12 installieren"), ("deu", "am 12.11.2025"),
       ("ces", "verze 94.0.46.81"), ("pol", "wersja 88.12.4.77"),
       ("fra", "article 4.1.2.3"), ("bul", "версия 90.3.2.57")])

NAT = {
    "AT": ["0664 123 45 67", "01 5127 3456", "0512/58 43 21"],
    "BE": ["0475 12 34 56", "02 511 27 34", "02/511.27.34"],
    "BG": ["0888 123 456", "02 981 2345", "032/62 34 56"],
    "CY": ["22 345678", "99 123456"], "CZ": ["602 123 456", "224 123 456"],
    "DE": ["030 5550 1234", "0171 5551234", "(089) 555012", "0221/555 01 23"],
    "DK": ["20 12 34 56", "33 15 27 38"], "EE": ["5123 4567", "627 1234"],
    "EL": ["210 345 6789", "6944 123456"], "ES": ["612 345 678", "91 345 67 89"],
    "FI": ["040 123 4567", "09 345 6781"], "FR": ["06 12 34 56 78", "01.45.67.89.10"],
    "HR": ["091 234 5678", "01 4567 890"], "HU": ["06 30 123 4567", "06-1-345-6789"],
    "IE": ["087 123 4567", "01 671 2345"], "IT": ["347 123 4567", "06 6982 3456"],
    "LT": ["8 612 34567", "0 612 34567"], "LU": ["621 123 456", "26 12 34 56"],
    "LV": ["2612 3456", "67 123 456"], "MT": ["2123 4567", "7912 3456"],
    "NL": ["06 12345678", "020-555 1234", "(020) 555 12 34"],
    "PL": ["601 234 567", "22 345 67 89"], "PT": ["912 345 678", "21 345 6789"],
    "RO": ["0721 234 567", "021.345.6789"], "SE": ["070-123 45 67", "08-555 123 45"],
    "SI": ["041 234 567", "01 234 56 78"], "SK": ["0905 123 456", "02/5788 1234"]}
TEL = {
    "AT": ("deu", "Sie erreichen uns telefonisch unter %."),
    "BE": ("nld", "Bel ons op het nummer %, ook 's avonds."),
    "BG": ("bul", "За записване: тел. %"), "CY": ("ell", "Τηλέφωνο: %"),
    "CZ": ("ces", "Volejte % po osmé hodině."), "DE": ("deu", "Tel.: % (werktags)"),
    "DK": ("dan", "Ring til os på % før middag."), "EE": ("est", "Helista: %"),
    "EL": ("ell", "Καλέστε μας στο τηλ. %."), "ES": ("spa", "Llámenos al % hoy."),
    "FI": ("fin", "Puh. % tai sähköpostilla"), "FR": ("fra", "Appelez le % !"),
    "HR": ("hrv", "Javite se na mobitel %."), "HU": ("hun", "Hívjon: %"),
    "IE": ("gle", "Cuir glaoch, fón: %"), "IT": ("ita", "Cell. % (ore pasti)"),
    "LT": ("lit", "Skambinkite %."), "LU": ("fra", "Téléphone : %"),
    "LV": ("lav", "Zvaniet %, jautājiet Annai."), "MT": ("mlt", "Ċempel % illum."),
    "NL": ("nld", "telefoon %"), "PL": ("pol", "Proszę dzwonić: %."),
    "PT": ("por", "Telemóvel: %"), "RO": ("ron", "Sunați la % până vineri."),
    "SE": ("swe", "Ring mig på %, helst kvällstid."),
    "SI": ("slv", "Pokličite %."), "SK": ("slk", "Zavolajte na mobil %.")}
INTER = ["+43 664 1234567", "+32 475 12 34 56", "+359 888 123 456",
         "+357 99 123456", "+420 602 123 456", "+49 (0)30 5550-1234",
         "+45 20 12 34 56", "+372 5123 4567", "+30 210 345 6789",
         "+34 612 345 678", "+358 40 123 4567", "+33 6 12 34 56 78",
         "+385 91 234 5678", "+36 30 123 4567", "+353 87 123 4567",
         "+39 06 6982 3456", "+370 612 34567", "+352 621 123 456",
         "+371 2612 3456", "+356 7912 3456", "+31 6 12345678",
         "+48601234567", "+351 912 345 678", "0040 721 234 567",
         "+46 70-123 45 67", "00386 41 234 567", "+421/905/123456"]
PHONE = [(TEL[c][0], TEL[c][1].replace("%", f"⟦{x}⟧"))
         for c in NAT for x in NAT[c]]
PHONE += [(TEL[c][0], f"{w} ⟦{x}⟧.") for c, x, w in zip(
    NAT, INTER, "Anna: |Info|Мария,|Νίκος|pan Novák|Büro|Lone|Mari|κ. Άννα|"
    "Ana|Liisa|Paul|Ivan|Éva|Áine|Luca|Jonas|Marc|Ilze|Karm|Piet|pani Ewa|"
    "Rui|Ion|Sven|Maja|Peter".split("|"))]
write("phone", PHONE,
      [("eng", x) for x in [
          "It costs 1 234 567 euros.", "In 2012-2013 there were 25 000.",
          "on 2025-11-25 at noon", "ISBN 978-3-16-148410-0", "in 1914-1918 and",
          "pi is 3.14159265358979", "order 20251125 was sent",
          "ISSN 0317-8471, volume 12", "100 000 000 people", "pages 1234-1250",
          "the year 2001 2002 2003 2004", "coordinates 50.0755 14.4378",
          "12 345 678 votes were cast", "+5 and +12 degrees", "build 20240917",
          "score 3-2, 4-1, 5-0", "row 0001 0002 0003 0004"]] +
      [("deu", "am 24.12.2025 und 01.01.2026"), ("deu", "1.234.567,89 Euro"),
       ("fra", "12 345 678 habitants"), ("ces", "25. 11. 2025 v 12.30"),
       ("pol", "zysk 12 345 678 zł"), ("spa", "Hotel 2024 2025 2026"),
       ("bul", "през 1876-1878 г."), ("fin", "1 000 000 euroa vuonna 2024")])

IB = [
    ("deu", "Bitte überweisen Sie auf % bis Monatsende."), ("fra", "IBAN : %"),
    ("pol", "Wpłaty prosimy kierować na konto %."), ("ces", "Číslo účtu: %"),
    ("ell", "Λογαριασμός % στο όνομά μου"), ("bul", "Сметка %, моля."),
    ("fin", "Tilinumero %."), ("mlt", "Il-kont tiegħi hu %."),
    ("hun", "Számlaszám: %"), ("eng", "Please pay to % today."),
]
write("iban",
      [(IB[k % 10][0], IB[k % 10][1].replace("%", "⟦" + r.choice(
          [lambda x: x, n.grouped, n.grouped])(n.iban(r, c, n.bban(r, s))) + "⟧"))
       for k, (c, s) in enumerate(list(n.IBANS.items()) * 2)],
      [(IB[k % 10][0], IB[k % 10][1].replace("%", spoil(n.grouped(n.iban(
          r, c, "0" * 3 + n.bban(r, s)[3:]))))) for k, (c, s) in enumerate(
              x for x in n.IBANS.items() if x[0] in
              "AT BE CZ DE DK EE ES FI HR HU LT PL PT SE SI SK NO".split())] +
      [("eng", "DE89 is a road, AT12 too."), ("eng", "model FR76AB-99"),
       ("deu", "Artikel DE12 3456"), ("pol", "PL10 i PL11")])

def pretty(x):
    if len(x) == 15:
        return f"{x[:4]} {x[4:10]} {x[10:]}"
    if len(x) == 14:
        return f"{x[:4]} {x[4:10]} {x[10:]}"
    return r.choice([n.grouped(x), n.grouped(x, 4, "-"), x]) if len(x) == 16 else x

CARD = [
    ("eng", "She paid with % last week."), ("deu", "Kreditkarte: %"),
    ("fra", "carte bancaire n° %, exp. 12/27"), ("pol", "Numer karty % jest ważny."),
    ("ces", "kartou % jsem platil"), ("ell", "κάρτα % λήξη 05/28"),
    ("bul", "с карта % платих"), ("spa", "tarjeta % caducada"),
    ("hun", "a kártyám: %"), ("mlt", "il-karta % tiegħi"),
    ("swe", "kortnummer %."), ("ita", "la carta % è scaduta"),
]
write("card", fill(CARD, lambda: pretty(n.card(r)), 4),
      [(l, t.replace("%", spoil(pretty(n.card(r))))) for l, t in CARD] +
      [("eng", x) for x in [
          "EAN 9783161484100 on the back", "serial 1234567890123456",
          "4111 is a year of nothing", "hash 4111aa1111111111bb",
          "0000 0000 0000 0000", "10 000 000 000 000 euros",
          "pi 3.1415926535897932", "9999 9999 9999 9999",
          "barcode 9771234567003", "timestamps 1700000000000 1700000000001"]])

ID = {
    "AT": ("deu", ["Meine SVNR ist %.", "Versicherungsnummer: %"]),
    "BE": ("nld", ["rijksregisternummer %", "Naam: Jan Peeters, %"]),
    "BG": ("bul", ["ЕГН: %", "лицето с ЕГН %, живущо в София"]),
    "CY": ("ell", ["Αριθμός Φορολογικής Ταυτότητας: %", "ΑΦΤ %"]),
    "CZ": ("ces", ["rodné číslo: %", "nar. v Brně, r. č. %"]),
    "DE": ("deu", ["Steuer-ID %", "Ihre steuerliche Identifikationsnummer lautet %."]),
    "DK": ("dan", ["CPR-nr. %", "mit personnummer er %"]),
    "EE": ("est", ["isikukood %", "Mari Tamm, isikukoodiga %"]),
    "ES": ("spa", ["con DNI % y domicilio", "NIF %"]),
    "FI": ("fin", ["henkilötunnus %", "Matti, hetu %, Turku"]),
    "FR": ("fra", ["numéro de sécurité sociale : %", "NIR % de l'assuré"]),
    "GR": ("ell", ["ΑΜΚΑ: %", "Ο Α.Μ.Κ.Α. μου είναι %."]),
    "HR": ("hrv", ["OIB: %", "Ana Horvat, OIB %, Zagreb"]),
    "HU": ("hun", ["adóazonosító jel: %", "Adóazonosítója: %."]),
    "IE": ("gle", ["Uimhir PSP: %", "PPSN %"]),
    "IT": ("ita", ["codice fiscale %", "nato a Roma, c.f. %"]),
    "LT": ("lit", ["asmens kodas %", "a. k. %"]),
    "LU": ("fra", ["matricule %", "numéro d'identification % (Luxembourg)"]),
    "LV": ("lav", ["personas kods %", "p.k. %, Rīga"]),
    "MT": ("mlt", ["Karta tal-identità: %", "numru tal-identità %"]),
    "NL": ("nld", ["BSN: %", "burgerservicenummer %"]),
    "PL": ("pol", ["PESEL: %", "Jan Nowak, nr PESEL %, zam. Kraków"]),
    "PT": ("por", ["NIF: %", "contribuinte n.º %"]),
    "RO": ("ron", ["CNP %", "având codul numeric personal %"]),
    "SE": ("swe", ["personnummer %", "Född: %"]),
    "SI": ("slv", ["EMŠO: %", "enotna matična številka %"]),
    "SK": ("slk", ["rodné číslo %", "r.č. %, Košice"])}
SPOILED = "AT BE CZ DE EE ES FI FR GR HR HU IE IT LT LU NL PL PT RO SI".split()
write("national_id",
      [(ID[c][0], t.replace("%", f"⟦{n.national(r, c)}⟧"))
       for c in ID for t in ID[c][1]],
      [(ID[c][0], ID[c][1][0].replace("%", spoil(n.national(r, c))))
       for c in SPOILED] +
      [("eng", f"Part number {n.national(r, 'PL')} is sold out."),
       ("eng", f"article {n.national(r, 'NL')} of the catalogue"),
       ("hrv", f"Račun broj {n.national(r, 'HR')}")])

VAT = {"AT": ("deu", "UID-Nr. %"), "BE": ("nld", "BTW-nummer %"),
       "BG": ("bul", "ДДС номер %"), "CY": ("ell", "ΦΠΑ %"),
       "CZ": ("ces", "DIČ: %"), "DE": ("deu", "USt-IdNr.: %"),
       "DK": ("dan", "Momsnr. %"), "EE": ("est", "KMKR nr %"),
       "EL": ("ell", "ΑΦΜ για ΦΠΑ: %"), "ES": ("spa", "IVA %"),
       "FI": ("fin", "ALV-numero %"), "FR": ("fra", "TVA intracom. %"),
       "HR": ("hrv", "PDV broj %"), "HU": ("hun", "Közösségi adószám: %"),
       "IE": ("eng", "VAT no. %"), "IT": ("ita", "partita IVA %"),
       "LT": ("lit", "PVM kodas %"), "LU": ("fra", "numéro de TVA %"),
       "LV": ("lav", "PVN reģ. nr. %"), "MT": ("mlt", "Numru tal-VAT %"),
       "NL": ("nld", "btw-id %"), "PL": ("pol", "NIP UE: %"),
       "PT": ("por", "NIPC %"), "RO": ("ron", "CUI %"),
       "SE": ("swe", "Momsreg.nr %"), "SI": ("slv", "ID za DDV: %"),
       "SK": ("slk", "IČ DPH: %")}
def bad_vat(c):
    x = spoil(n.vat(r, c))
    return x

write("vat",
      [(VAT[c][0], VAT[c][1].replace("%", f"⟦{n.vat(r, c)}⟧") + end)
       for c in VAT for end in ("", ", Registergericht.")],
      [(VAT[c][0], VAT[c][1].replace("%", bad_vat(c)))
       for c in "AT BE CZ DE DK EE EL FI FR HR HU IT LT LU LV MT PL PT SI SK"
       .split()] + [("eng", "flight DE1234 and FR99 11"), ("eng", "IT 2025 budget")])

CRY = [
    ("eng", "Donations: %"), ("deu", "Spenden an % willkommen"),
    ("fra", "adresse bitcoin % merci"), ("pol", "portfel: %."),
    ("ces", "pošlete na %"), ("ell", "πορτοφόλι % μόνο"),
    ("bul", "портфейл %"), ("spa", "envía a %, gracias"),
    ("ita", "indirizzo % (BTC)"), ("fin", "lahjoita: %"),
    ("swe", "plånbok %"), ("mlt", "il-kartiera %"),
]
eth = lambda: "0x" + "".join(r.choice("0123456789abcdef") for _ in range(40))
crypto = lambda: r.choice([n.base58, n.bech32, lambda _: eth()])(r)
def bad_crypto():
    x = r.choice([n.base58, n.bech32])(r)
    return x[:-3] + ("a" if x[-3] != "a" else "c") + x[-2:]

write("crypto", fill(CRY, crypto, 4),
      [(l, t.replace("%", bad_crypto())) for l, t in CRY] +
      [("eng", x) for x in [
          "commit 0xdeadbeef", "id 1BoatSLRHtKNngkd",
          "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
          "bc1 is a prefix", "3PO and 1A", "0x" + "f" * 39,
          "UUID 123e4567-e89b-12d3-a456-426614174000", "1111111111111111111111111111"]])

S = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
tok = lambda k, letters=S: draw_mixed(k, letters)
def draw_mixed(k, letters):
    return n.draw(lambda: "".join(r.choice(letters) for _ in range(k)),
                  lambda x: sum(c.isdigit() for c in x) > 2 and len(set(x)) > 10)

SEC = ["AKIA", "ghp_", "glpat-", "sk_live_", "AIza", "xoxb-", "npm_", "hf_",
       "sk-proj-", "jwt", "word", "SG."]
def secret(kind):
    return {"AKIA": lambda: "AKIA" + tok(16, S[26:52] + "234567"),
            "ghp_": lambda: "ghp_" + tok(36), "glpat-": lambda: "glpat-" + tok(20),
            "sk_live_": lambda: "sk_live_" + tok(24), "AIza": lambda: "AIza" + tok(35),
            "xoxb-": lambda: "xoxb-" + tok(12, "0123456789" * 2 + "ab") + "-" + tok(24),
            "npm_": lambda: "npm_" + tok(36), "hf_": lambda: "hf_" + tok(34),
            "sk-proj-": lambda: "sk-proj-" + tok(48),
            "jwt": lambda: f"eyJ{tok(33)}.eyJ{tok(60)}.{tok(43)}",
            "SG.": lambda: f"SG.{tok(22)}.{tok(43)}",
            "word": lambda: tok(24)}[kind]()

SECT = [("eng", "the key % was pushed by mistake"), ("deu", "Schlüssel: %"),
        ("fra", "clé % à changer"), ("pol", "klucz=%"), ("ell", "κλειδί \"%\"")]
WORD = [("eng", "password: %"), ("deu", "Passwort: %"), ("fra", "mot de passe : %"),
        ("spa", "contraseña: %"), ("ces", "heslo %"), ("eng", "api_key = \"%\"")]
write("secret",
      [(t[0], t[1].replace("%", f"⟦{secret(k)}⟧")) for k in SEC
       for t in (WORD[:4] if k == "word" else SECT[:4])],
      [("eng", x) for x in [
          "the password is secret", "AKIA is a prefix", "ghp_short1",
          "sk-learn and sk-image", "commit " + "0123456789abcdef" * 2 + "01234567",
          "the token ring network of 1985", "hf_ and npm_ begin keys",
          "password: correct horse battery staple",
          "see https://example.org/a/long/path/with-2024-numbers-in-it",
          "file report-2024-11-25-final-version.docx",
          "UUID 550e8400-e29b-41d4-a716-446655440000",
          "token: aaaaaaaaaaaaaaaaaaaaaaaa", "version 1.2.3-beta.4+build.567",
          "gene ENSG00000139618", "class org.example.Widget2Factory",
          "variable very_long_variable_name_number_2",
          "eyJhbGciOiJIUzI1NiJ9 is a header"]] +
      [("deu", "Das Passwort hat 16 Zeichen."), ("fra", "mot de passe oublié ?"),
       ("pol", "hasło: abc123"), ("ces", "heslo musí mít 8 znaků"),
       ("ell", "ο κωδικός έχει 12 ψηφία"), ("bul", "парола: 1234")])

# Dates, versions, ISBNs and prices: nothing is to be found.
def isbn13():
    x = n.draw(lambda: "978" + n.digits(r, 10), lambda x:
               sum((1 + 2 * (k % 2)) * int(d) for k, d in enumerate(x)) % 10 == 0)
    return r.choice([x, f"{x[:3]}-{x[3]}-{x[4:8]}-{x[8:12]}-{x[12]}"])

def isbn10():
    x = n.digits(r, 9)
    c = -n.dot(range(10, 1, -1), x) % 11
    x += "X" if c == 10 else str(c)
    return r.choice([x, f"{x[0]}-{x[1:5]}-{x[5:9]}-{x[9]}"])

none = []
for _ in range(60):
    d, m, y = r.randint(1, 28), r.randint(1, 12), r.randint(1900, 2030)
    none += [
        ("deu", f"Am {d}.{m}.{y} um {r.randint(0, 23)}.{r.randint(10, 59)} Uhr"),
        ("eng", f"on {y}-{m:02}-{d:02}T{r.randint(10, 23)}:30:00Z"),
        ("hun", f"{y}. {m:02}. {d:02}."), ("ces", f"dne {d}. {m}. {y}"),
        ("fra", f"le {d:02}/{m:02}/{y}, de {y} à {y + 3}"),
        ("eng", f"version {r.randint(0, 120)}.{r.randint(0, 99)}."
                f"{r.randint(0, 9999)}.{r.randint(0, 250)}"),
        ("eng", f"v{r.randint(1, 30)}.{r.randint(0, 20)}.{r.randint(0, 20)}-rc1"),
        ("eng", f"libfoo {r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 20)}"
                f"-{r.randint(1, 20)}ubuntu0.{r.randint(1, 9)}"),
        ("pol", f"ISBN {isbn13()}"), ("ell", f"ISBN: {isbn10()}"),
        ("ita", f"({isbn13()})"),
        ("deu", f"{r.randint(1, 999)}.{r.randint(100, 999)},{r.randint(10, 99)} €"),
        ("fra", f"{r.randint(1, 99)} {r.randint(100, 999)} "
                f"{r.randint(100, 999)},00 EUR"),
        ("eng", f"£{r.randint(1, 99)},{r.randint(100, 999)},{r.randint(100, 999)}.99"),
        ("swe", f"{r.randint(1, 99)} {r.randint(100, 999)} kronor"),
        ("bul", f"{r.randint(10, 99)} {r.randint(100, 999)} лв. през {y} г.")]
lines = [f"{lang}\t{text}" for lang, text in none]
(HERE / "none.tsv").write_text("\n".join(lines) + "\n")
