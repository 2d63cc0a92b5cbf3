# SPDX-License-Identifier: Apache-2.0
"""Made-up numbers that pass their checks: drawn at random until they do.

The checks are written apart from those in filters/pii_*.c, plainly.
"""
import hashlib

D = "0123456789"
UP = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(r, n, first="123456789"):
    return r.choice(first) + "".join(r.choice(D) for _ in range(n - 1))


def draw(make, holds):
    while True:
        x = make()
        if holds(x):
            return x


def dot(weights, x):
    return sum(w * int(d) for w, d in zip(weights, x))


def luhn(x):
    total = 0
    for k, d in enumerate(reversed(x)):
        d = int(d) * (1 + k % 2)
        total += d // 10 + d % 10
    return total % 10 == 0


def mod11_10(x):
    p = 10
    for d in x[:-1]:
        p = (int(d) + p) % 10 or 10
        p = p * 2 % 11
    return (p + int(x[-1])) % 10 == 1


def iban(r, country, bban):
    rest = int("".join(str(int(c, 36)) for c in bban + country + "00")) % 97
    return f"{country}{98 - rest:02d}{bban}"


IBANS = {"AT": "n16", "BE": "n12", "BG": "a4n6x8", "HR": "n17", "CY": "n8x16",
         "CZ": "n20", "DE": "n18", "DK": "n14", "EE": "n16", "ES": "n20",
         "FI": "n14", "FR": "n10x11n2", "GR": "n7x16", "HU": "n24",
         "IE": "a4n14", "IT": "a1n10x12", "LT": "n16", "LU": "n3x13",
         "LV": "a4x13", "MT": "a4n5x18", "NL": "a4n10", "PL": "n24",
         "PT": "n21", "RO": "a4x16", "SE": "n20", "SI": "n15", "SK": "n20",
         "NO": "n11", "CH": "n5x12", "GB": "a4n14"}


def bban(r, shape):
    import re
    out = ""
    for kind, n in re.findall(r"([anx])(\d+)", shape):
        letters = {"a": UP, "n": D, "x": D}[kind]
        out += "".join(r.choice(letters) for _ in range(int(n)))
    return out


def grouped(x, n=4, sep=" "):
    return sep.join(x[k:k + n] for k in range(0, len(x), n))


def card(r):
    first, length = r.choice([("4", 16), ("51", 16), ("55", 16), ("2221", 16),
                              ("34", 15), ("37", 15), ("6011", 16), ("36", 14),
                              ("35", 16), ("4", 13)])
    return draw(lambda: first + digits(r, length - len(first), D), luhn)


def dmy(r, form="dmy"):
    d, m, y = r.randint(1, 28), r.randint(1, 12), r.randint(40, 99)
    return "".join({"d": f"{d:02}", "m": f"{m:02}", "y": f"{y:02}"}[c]
                   for c in form)


def verhoeff(x):
    def times(a, b):
        if a < 5:
            return (a + b) % 5 + (0 if b < 5 else 5)
        return (a - b) % 5 + (5 if b < 5 else 0)
    table = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    c = 0
    for k, d in enumerate(reversed(x)):
        d = int(d)
        for _ in range(k % 8):
            d = table[d]
        c = times(c, d)
    return c == 0


def two_pass(x):
    n = len(x) - 1
    s = sum((k % 9 + 1) * int(d) for k, d in enumerate(x[:n])) % 11
    if s == 10:
        s = sum(((k + 2) % 9 + 1) * int(d) for k, d in enumerate(x[:n])) % 11 % 10
    return s == int(x[-1])


def dni(n):
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(n) % 23]


def national(r, c):
    """A number of the country, plainly written, and as its people write it."""
    if c == "IT":
        odd = dict(zip(D + UP, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9,
              13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22,
              25, 24, 23]))
        x = ("".join(r.choice("BCDFGLMNPRST") for _ in range(6)) +
             f"{r.randint(40, 99)}{r.choice('ABCDEHLMPRST')}"
             f"{r.randint(1, 28):02}{r.choice('ABCDEFGH')}{r.randint(100, 999)}")
        s = sum(odd[ch] if k % 2 == 0 else int(ch, 36) % 10 if ch in D
                else ord(ch) - 65 for k, ch in enumerate(x))
        return x + chr(65 + s % 26)
    if c == "FR":
        x = (r.choice("12") + f"{r.randint(40, 99)}{r.randint(1, 12):02}"
             f"{r.randint(1, 95):02}{r.randint(1, 989):03}{r.randint(1, 999):03}")
        x += f"{97 - int(x) % 97:02}"
        return r.choice([x, f"{x[0]} {x[1:3]} {x[3:5]} {x[5:7]} {x[7:10]} "
                            f"{x[10:13]} {x[13:]}"])
    if c == "FI":
        d, n = dmy(r), f"{r.randint(2, 899):03}"
        return f"{d}-{n}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(d + n) % 31]}"
    if c == "ES":
        if r.random() < .3:
            n = digits(r, 7, D)
            k = r.randrange(3)
            return "XYZ"[k] + n + dni(str(k) + n)
        n = digits(r, 8)
        return n + r.choice(["", "-"]) + dni(n)
    if c in ("CZ", "SK"):
        def make():
            y, m, d = r.randint(54, 99), r.randint(1, 12), r.randint(1, 28)
            return f"{y}{m + r.choice([0, 50]):02}{d:02}{digits(r, 4, D)}"
        x = draw(make, lambda x: int(x) % 11 == 0)
        return x[:6] + "/" + x[6:]
    if c == "SE":
        x = draw(lambda: dmy(r, "ymd") + digits(r, 4, D), luhn)
        return r.choice(["", "19"]) + x[:6] + "-" + x[6:]
    if c == "DK":
        return dmy(r) + "-" + digits(r, 4, D)
    if c == "BE":
        x = dmy(r, "ymd") + f"{r.randint(1, 997):03}"
        x += f"{97 - int(x) % 97:02}"
        return f"{x[:2]}.{x[2:4]}.{x[4:6]}-{x[6:9]}.{x[9:]}"
    if c == "LV":
        def holds(x):
            return (1101 - dot([1, 6, 3, 7, 9, 10, 5, 8, 4, 2], x)) % 11 == \
                int(x[10])
        x = draw(lambda: dmy(r) + digits(r, 5, "12"), holds)
        return x[:6] + "-" + x[6:]
    if c in ("EE", "LT"):
        return draw(lambda: r.choice("34") + dmy(r, "ymd") + digits(r, 4, D),
                    two_pass)
    if c == "PL":
        return draw(lambda: dmy(r, "ymd") + digits(r, 5, D), lambda x:
                    dot([1, 3, 7, 9] * 2 + [1, 3, 1], x) % 10 == 0)
    if c == "DE":
        def holds(x):
            most = max(x[:10].count(d) for d in D)
            return len(set(x[:10])) == 11 - most and most in (2, 3) and mod11_10(x)
        x = draw(lambda: digits(r, 11), holds)
        return r.choice([x, f"{x[:2]} {x[2:5]} {x[5:8]} {x[8:]}"])
    if c == "HR":
        return draw(lambda: digits(r, 11, D), mod11_10)
    if c == "GR":
        return draw(lambda: dmy(r) + digits(r, 5, D), luhn)
    if c == "HU":
        x = draw(lambda: "8" + digits(r, 9, D),
                 lambda x: dot(range(1, 10), x) % 11 == int(x[9]))
        return x
    if c == "NL":
        return draw(lambda: digits(r, 9), lambda x:
                    (dot([9, 8, 7, 6, 5, 4, 3, 2], x) - int(x[8])) % 11 == 0)
    if c == "PT":
        def holds(x):
            rest = dot([9, 8, 7, 6, 5, 4, 3, 2], x) % 11
            return int(x[8]) == (0 if rest < 2 else 11 - rest)
        x = draw(lambda: digits(r, 9, "12"), holds)
        return r.choice([x, grouped(x, 3)])
    if c == "BG":
        return draw(lambda: dmy(r, "ymd") + digits(r, 4, D), lambda x:
                    dot([2, 4, 8, 5, 10, 9, 7, 3, 6], x) % 11 % 10 == int(x[9]))
    if c == "AT":
        x = draw(lambda: digits(r, 4) + dmy(r), lambda x:
                 (dot([3, 7, 9, 0, 5, 8, 4, 2, 1, 6], x) % 11) == int(x[3]))
        return x[:4] + " " + x[4:]
    if c == "RO":
        def holds(x):
            s = dot([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9], x) % 11
            return (1 if s == 10 else s) == int(x[12])
        return draw(lambda: r.choice("12") + dmy(r, "ymd") +
                    f"{r.randint(1, 46):02}" + digits(r, 4, D), holds)
    if c == "SI":
        def holds(x):
            return (dot([7, 6, 5, 4, 3, 2] * 2, x) + int(x[12])) % 11 == 0
        return draw(lambda: dmy(r, "dm") + f"9{r.randint(40, 99)}" + "50" +
                    digits(r, 4, D), holds)
    if c == "LU":
        return draw(lambda: f"19{dmy(r, 'ymd')}" + digits(r, 5, D), lambda x:
                    luhn(x[:12]) and verhoeff(x[:11] + x[12]))
    if c == "IE":
        n = digits(r, 7)
        second = r.choice(["", "A"])
        s = dot([8, 7, 6, 5, 4, 3, 2], n) + \
            (9 * (ord(second) - 64) if second else 0)
        return n + "WABCDEFGHIJKLMNOPQRSTUV"[s % 23] + second
    if c == "CY":
        n = "0" + digits(r, 7)
        odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]
        s = sum(int(d) if k % 2 else odd[int(d)] for k, d in enumerate(n))
        return n + UP[s % 26]
    if c == "MT":
        return digits(r, 7, "0") + r.choice("MGAPLHBZ")
    raise KeyError(c)


def vat(r, c):
    def d(n, holds, first="123456789"):
        return draw(lambda: digits(r, n, first), holds)
    if c == "AT":
        return "ATU" + d(8, lambda x: (10 - (sum(sum(map(int, str(int(v) * (1 + k
            % 2)))) for k, v in enumerate(x[:7])) + 4) % 10) % 10 == int(x[7]))
    if c == "BE":
        return "BE" + d(10, lambda x: 97 - int(x[:8]) % 97 == int(x[8:]), "0")
    if c == "CY":
        return "CY" + national(r, "CY")
    if c == "CZ":
        return "CZ" + d(8, lambda x: (11 - dot(range(8, 1, -1), x) % 11) % 10
                        == int(x[7]), "12345678")
    if c in ("DE", "HR"):
        return c + d({"DE": 9, "HR": 11}[c], mod11_10)
    if c == "DK":
        return "DK" + d(8, lambda x: dot([2, 7, 6, 5, 4, 3, 2, 1], x) % 11 == 0)
    if c == "EE":
        return "EE" + d(9, lambda x: dot([3, 7, 1] * 3, x) % 10 == 0, "1")
    if c == "EL":
        return "EL" + d(9, lambda x: dot([2 ** k for k in range(8, 0, -1)], x)
                        % 11 % 10 == int(x[8]), "01")
    if c == "ES":
        n = digits(r, 8)
        return "ES" + n + dni(n)
    if c == "FI":
        return "FI" + d(8, lambda x: dot([7, 9, 10, 5, 8, 4, 2, 1], x) % 11 == 0)
    if c == "FR":
        x = d(9, luhn)
        return f"FR{(12 + 3 * (int(x) % 97)) % 97:02}{x}"
    if c == "HU":
        return "HU" + d(8, lambda x: dot([9, 7, 3, 1] * 2, x) % 10 == 0)
    if c == "IE":
        return "IE" + draw(lambda: national(r, "IE"), lambda x: True)
    if c == "IT":
        return "IT" + d(11, lambda x: luhn(x) and 0 < int(x[7:10]) < 101, D)
    if c == "LT":
        return "LT" + d(9, lambda x: x[7] == "1" and two_pass(x))
    if c == "LU":
        return "LU" + d(8, lambda x: int(x[:6]) % 89 == int(x[6:]))
    if c == "LV":
        return "LV" + d(11, lambda x: (dot([9, 1, 4, 8, 3, 10, 2, 5, 7, 6], x) +
                        int(x[10])) % 11 == 3, "4")
    if c == "MT":
        return "MT" + d(8, lambda x: (dot([3, 4, 6, 7, 8, 9], x) +
                        int(x[6:])) % 37 == 0)
    if c == "NL":
        return "NL" + national(r, "NL") + "B01"
    if c == "PL":
        return "PL" + d(10, lambda x: dot([6, 5, 7, 2, 3, 4, 5, 6, 7], x) % 11
                        == int(x[9]))
    if c == "PT":
        return "PT" + d(9, lambda x: dot(range(9, 0, -1), x) % 11 == 0, "5")
    if c == "RO":
        return "RO" + d(8, lambda x: dot([3, 2, 1, 7, 5, 3, 2], x) * 10 % 11
                        % 10 == int(x[7]))
    if c == "SE":
        return "SE" + d(10, luhn, "5") + "01"
    if c == "SI":
        return "SI" + d(8, lambda x: x[7] != "0" and
                        dot(range(8, 0, -1), x) % 11 == 0)
    if c == "SK":
        return "SK" + d(10, lambda x: x[2] in "234789" and int(x) % 11 == 0, "2")
    if c == "BG":
        def holds(x):
            s = dot(range(1, 9), x) % 11
            return (dot(range(3, 11), x) % 11 % 10 if s == 10 else s) == int(x[8])
        return "BG" + d(9, holds)
    raise KeyError(c)


B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58(r):
    body = bytes([r.choice([0, 5])]) + r.randbytes(20)
    body += hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4]
    n, out = int.from_bytes(body, "big"), ""
    while n:
        n, k = divmod(n, 58)
        out = B58[k] + out
    return "1" * (len(body) - len(body.lstrip(b"\0"))) + out


def bech32(r):
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    version = r.choice([0, 1])
    data = [version] + [r.randrange(32) for _ in range(32 if version == 0 else 52)]

    def polymod(values):
        c = 1
        for v in values:
            top = c >> 25
            c = (c & 0x1ffffff) << 5 ^ v
            for k, g in enumerate([0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                   0x3d4233dd, 0x2a1462b3]):
                c ^= g if top >> k & 1 else 0
        return c
    hrp = [ord(c) >> 5 for c in "bc"] + [0] + [ord(c) & 31 for c in "bc"]
    p = polymod(hrp + data + [0] * 6) ^ (0x2bc830a3 if version else 1)
    return "bc1" + "".join(letters[v] for v in data +
                           [p >> 5 * (5 - k) & 31 for k in range(6)])
