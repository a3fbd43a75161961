# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What guests send, made up from a seed: (dataset, body) each. Whatever collects has to say the same of the same bytes."""

import base64
import hashlib
import hmac
import json
import random

SECRET = bytes(range(32))
EPOCH = 7
TABLES = [("Harbour", "T1"), ("Harbour", "t-2"), ("north.2", "14"), ("N", "9")]
CSV = "store_id,table_id,zone,seats,x,y\n" + "".join(f"{store},{table},,4,,\n" for store, table in TABLES)
NOW = 1764590400123

WORDS = ["soup", "lovely", "Grüße", "日本語", "😀", "a\"b", "back\\slash", "tab\there", "line\nbreak", "nul-free", "/slash/", "\u007f", "\u0001\u001f", "é" * 20,
         "\u202etrick", "\ufeff", " ", "مرحبا", "</script>", "\ud7ff", "\U0010ffff", "maria@example.org", "a@b", "@x.de", " +34 612 345 678", "0", "1-", "4111 1111 1111 1111", "5500.0000.0000.0004", "(030) 12"]
NUMBERS = ["0", "-0", "1", "-1", "0.0", "-0.0", "1.0", "1.5", "1e2", "1E+2", "1e-7", "0.000001", "1e21", "1e20", "123456789012345680000", "9007199254740993",
           "18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809", "1.7976931348623157e308", "5e-324", "2.2250738585072014e-308",
           "0e999999", "100000000000000000000000", "3.141592653589793238462643", "1e-400", "12345.678e-3", "4.35", "0.1", "123e-20", "5e-7", "1234567.0"]
KINDS = ["stars", "nps", "smiley", "choice", "text"]


def card_key(store, table):
    message = f"{store}\x1f{table}\x1f{EPOCH}".upper()
    return base64.b32encode(hmac.new(SECRET, message.encode(), hashlib.sha256).digest()[:10]).decode()


class Raw(str):
    """A number as it is to stand in the text."""


class Writer:
    """Writes JSON in one of the many ways in which the same thing can be written."""

    def __init__(self, dice):
        self.dice = dice
        self.loose = dice.random() < 0.3

    def space(self):
        return self.dice.choice(["", " ", "\n", "\t ", "\r\n"]) if self.loose else ""

    def text(self, text):
        if not self.loose or self.dice.random() < 0.5:
            return json.dumps(text, ensure_ascii=self.dice.random() < 0.5)
        return '"' + "".join(json.dumps(c)[1:-1] if c < " " or c in '"\\' or self.dice.random() < 0.1 else c for c in text).replace("/", "\\/") + '"'

    def write(self, value):
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list) and value and isinstance(value[0], tuple):
            return "{" + self.space() + ",".join(self.space() + self.text(name) + self.space() + ":" + self.space() + self.write(member) + self.space()
                                                 for name, member in value) + "}"
        if isinstance(value, list):
            return "[" + self.space() + ",".join(self.space() + self.write(item) + self.space() for item in value) + "]"
        return json.dumps(value)


def make_id(dice):
    text = f"{dice.getrandbits(128):032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def make_time(dice):
    fraction = dice.choice(["", ".1", ".12", ".123", ".123456789", ".999"])
    return (f"{dice.randint(1970, 2098)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}T{dice.randint(0, 23):02d}:"
            f"{dice.randint(0, 59):02d}:{dice.randint(0, 59):02d}{fraction}Z")


def make_unknown(dice, depth=0):
    kind = dice.randint(0, 5 if depth < 3 else 2)
    if kind == 0:
        return Raw(dice.choice(NUMBERS))
    if kind == 1:
        return Raw(repr(dice.uniform(-1, 1) * 10 ** dice.randint(-30, 30)))
    if kind == 2:
        return dice.choice([None, True, False, "".join(dice.choices(WORDS, k=3))])
    if kind == 3:
        return [make_unknown(dice, depth + 1) for _ in range(dice.randint(0, 3))]
    return [(dice.choice(WORDS + ["a", "a", "b"]), make_unknown(dice, depth + 1)) for _ in range(dice.randint(1, 4))]


def make_answer(dice):
    kind = dice.choice(KINDS)
    answer = [("question", dice.choice(["food", "q", "a" * 64, "ж" * 32])), ("kind", kind)]
    if kind in ("stars", "smiley"):
        answer.append(("score", Raw(dice.choice(["1", "2", "3", "4", "5", "4.5", "1.0", "5e0"]))))
    elif kind == "nps":
        answer.append(("score", Raw(str(dice.randint(0, 10)))))
    else:
        answer.append((kind, "".join(dice.choices(WORDS, k=dice.randint(0, 3)))))
    for name, value in (("item", "fish-soup"), ("text", "x"), ("choice", "y"), ("score", None), ("more", Raw("1.50"))):
        if dice.random() < 0.1 and name not in dict(answer):
            answer.append((name, value))
    dice.shuffle(answer)
    return answer


def place(dice):
    store, table = dice.choice(TABLES + [("Nowhere", "1")])
    key = card_key(store, table) if dice.random() < 0.6 else dice.choice(["WRONG", "A" * 16, "", card_key(store, table).lower(), "ü" * 8])
    if dice.random() < 0.5:
        store, table = store.upper(), table.upper()
    return store, table, key


def make_response(dice):
    store, table, key = place(dice)
    record = [("id", make_id(dice)), ("submitted_at", make_time(dice)), ("store_id", store), ("table_id", table), ("form_id", "main"),
              ("form_version", Raw(str(dice.choice([0, 3, 2147483647])))), ("language", dice.choice(["en", "de-AT", "x" * 35])),
              ("answers", [make_answer(dice) for _ in range(dice.choice([0, 1, 2, 5, 40]))])]
    for name, value in (("key", key), ("comment", "".join(dice.choices(WORDS, k=dice.randint(0, 9)))), ("duration_ms", Raw(str(dice.choice([0, 1, 700, 1999, 2000, 2 ** 53 - 1])))),
                        ("website", dice.choice(["", "spam", Raw("1"), None])), ("extra", make_unknown(dice)), ("contact", "maria@example.org"), ("v", Raw("9")),
                        ("verified", True), ("verified", False), ("received_at", "then"), ("channel", make_unknown(dice)), ("suspicion", Raw("0")), ("comment_", None)):
        if dice.random() < 0.4:
            record.append((name, value))
    if dice.random() < 0.3:
        dice.shuffle(record)
    return record


def make_event(dice):
    store, table, _ = place(dice)
    record = [("id", make_id(dice)), ("at", make_time(dice)), ("visit", make_id(dice)), ("store_id", store), ("page", dice.choice(["menu", "form"])),
              ("action", dice.choice(["open", "item", "language", "start", "question", "submit", "leave"]))]
    for name, value in (("table_id", table), ("target", dice.choice(WORDS)), ("ms", Raw(str(dice.randint(0, 10 ** 6)))), ("key", "x"), ("extra", make_unknown(dice)),
                        ("received_at", None), ("table", None)):
        if dice.random() < 0.6:
            record.append((name, value))
    return record


def make_body(dice, dataset):
    if dataset == "responses":
        return Writer(dice).write(make_response(dice))
    lines = []
    for _ in range(dice.randint(1, 5)):
        writer = Writer(dice)
        writer.space = lambda: ""
        lines.append(writer.write(make_event(dice)))
        lines += [""] * (dice.random() < 0.1)
    return "\n".join(lines) + dice.choice(["", "\n"])


def good(number, seed=1):
    dice = random.Random(seed)
    for index in range(number):
        dataset = "events" if index % 4 == 3 else "responses"
        yield dataset, make_body(dice, dataset).encode()


RESPONSE = {"id": "01890000-0000-7000-8000-000000000001", "submitted_at": "2026-11-24T19:30:00.125Z", "store_id": "Harbour", "table_id": "T1", "form_id": "main",
            "form_version": 3, "language": "es", "answers": [{"question": "food", "kind": "stars", "score": 4}], "comment": "fine", "duration_ms": 5000}
EVENT = {"id": "01890000-0000-7000-8000-000000000002", "at": "2026-11-24T19:30:00Z", "visit": "v", "store_id": "Harbour", "table_id": "T1", "page": "menu",
         "action": "item", "target": "soup", "ms": 12}
WRONG_TYPES = [1, 1.5, "x", True, [], {}, [1]]
WRONG = {
    "id": ["", "x" * 36, "01890000-0000-7000-8000-00000000000", "01890000-0000-7000-8000-00000000000G", "01890000-0000-7000-8000-00000000000A", "018900000000-7000-8000-000000000001x"],
    "submitted_at": ["", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "1969-12-31T23:59:59.999Z",
                     "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+00:00", "0000-01-01T00:00:00Z", "２026-01-01T00:00:00Z"],
    "store_id": ["", "x" * 65, "é" * 33, "a\0b"],
    "table_id": ["", "x" * 65],
    "form_id": ["", "x" * 65],
    "form_version": [-1, 2147483648, 2 ** 63, 2 ** 64, 1e300, 3.0, -2 ** 63 - 1],
    "language": ["", "x" * 36],
    "answers": [[1], [None], [[]], [{}], [{"question": "food"}], [{"question": "food", "kind": "star", "score": 1}], [{"question": "", "kind": "text", "text": ""}],
                [{"question": "q", "kind": "stars"}], [{"question": "q", "kind": "stars", "score": 0}], [{"question": "q", "kind": "smiley", "score": 5.01}],
                [{"question": "q", "kind": "nps", "score": 11}], [{"question": "q", "kind": "nps", "score": "9"}], [{"question": "q", "kind": "choice"}],
                [{"question": "q", "kind": "choice", "choice": "a", "score": 1}], [{"question": "q", "kind": "text", "text": "a", "score": 1}], [{"question": "q", "kind": "text"}],
                [{"question": "q", "kind": "text", "text": "x" * 16385}], [{"question": "q", "kind": "choice", "choice": "x" * 257}],
                [{"question": "q", "kind": "stars", "score": 1, "item": "x" * 129}], [{"question": "q", "kind": "stars", "score": True}],
                [{"question": "q", "kind": "text", "text": "a"}] * 201],
    "comment": ["x" * 16385, "a\0"],
    "duration_ms": [-1, 2 ** 53, 1.5],
    "key": ["x" * 65],
}
EVENT_WRONG = {"at": ["yesterday"], "visit": ["", "x" * 65], "page": ["", "Menu"], "action": ["look", "OPEN"], "target": ["x" * 257], "ms": [-5, 0.5], "table_id": ["x" * 65]}
BROKEN = [b"", b" ", b"{", b"}", b"[]", b"null", b"true", b"tru", b"1", b"1x", b"01", b"-", b"-x", b"1.", b"1e", b"1e999", b'"x"', b'"x', b'{"a":}', b'{"a"}', b'{"a":1,}', b'{a:1}',
          b"{'a':1}", b'{"a":01}', b'{"a":1.}', b'{"a":1e+}', b'{"a":-}', b'{"a":1e999}', b'{"a":NaN}', b'{"a":Infinity}', b'{"a":"\x01"}', b'{"a":"\\x"}', b'{"a":"\\u12"}',
          b'{"a":"\\u12G4"}', b'{"a":"\\ud800"}', b'{"a":"\\udc00"}', b'{"a":"\\ud800\\u0041"}', b'{"a":"\\ud800x"}', b'{"a":"\\', b'{"a":"\\u', b'{"a":"\\u1', b'{"a":"\\ud83d\\u',
          b'{"a":"\xff"}', b'{"a":"\xc0\x80"}', b'{"a":"\xed\xa0\x80"}', b'{"a":"\xf4\x90\x80\x80"}', b'{"a":"\xe2\x82"}', b"\xef\xbb\xbf{}", b"\xff\xfe{}", b'{"a":"\0"}', b"{}\0",
          b"{}\xff", b"{} x", b"{}{}", b"{}{\xff", b"[" * 33, b'{"a":' * 33 + b"1" + b"}" * 33, b"{}\n{}", b'{"a":1e5.5}', b"/* */{}", b'{"a":+1}', b'{"a":.5}', b'{"a":00}',
          b'{"a":-01}', b'{"a":1,"b":"\\u00"}', b'{"a":tru}', b'{"a":nul', b'{"a":[1,2}', b'{"a":[1,]}', b'{"a" 1}', b'{,}', b'{"a":"' + b"\\u0000" + b'"}']


def bad(number, seed=2):
    """Bodies that no collector takes, the same ones each time; the last ones are good ones cut short."""
    bodies = [("responses", body) for body in BROKEN] + [("events", body) for body in BROKEN[:8]]
    for name, values in WRONG.items():
        bodies += [("responses", json.dumps({**RESPONSE, name: value}, ensure_ascii=False).encode()) for value in values]
    for name, values in EVENT_WRONG.items():
        bodies += [("events", json.dumps({**EVENT, name: value}).encode()) for value in values]
    for name in RESPONSE:
        if name not in ("comment", "duration_ms"):
            bodies.append(("responses", json.dumps({other: value for other, value in RESPONSE.items() if other != name}).encode()))
    for name in ("id", "store_id", "form_version", "answers", "comment"):
        wrong = next(value for value in WRONG_TYPES if type(value) is not type(RESPONSE[name]) and not (name == "answers" and isinstance(value, list)))
        bodies.append(("responses", json.dumps({**RESPONSE, name: wrong}).encode()))
    for name in ("id", "comment", "answers"):
        bodies.append(("responses", (json.dumps(RESPONSE)[:-1] + f', "{name}": {json.dumps(RESPONSE[name])}}}').encode()))
    bodies.append(("events", (json.dumps(EVENT) + "\n" + json.dumps({**EVENT, "ms": -1})).encode()))
    dice = random.Random(seed)
    while len(bodies) < number:
        whole = make_body(dice, "responses").encode().rstrip()
        bodies.append(("responses", whole[:dice.randrange(1, len(whole))]))
    return bodies[:number]


def mutated(number, seed=3):
    """Good bodies with a few bytes changed, cut out or doubled: most are bad, and it is only asked that everybody says the same."""
    dice = random.Random(seed)
    pieces = [b"\\", b'"', b"{", b"}", b"[", b"]", b",", b":", b"0", b"1", b"-", b"e", b".", b"\\u", b"\\ud83d", b"\\ude00", b"\\u0000", b"\xc3", b"\xf0\x9f", b"\0", b"\n", b"null", b"true",
              b"1e400", b"\x7f", b"\x1f", b" ", b"A", b"\xe2\x82\xac", b"9" * 30]
    for dataset, body in good(number, seed):
        changed = bytearray(body)
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(changed) + 1)
            end = min(len(changed), at + dice.choice([0, 0, 1, 1, 2, 5]))
            changed[at:end] = dice.choice([b"", dice.choice(pieces), dice.choice(pieces), bytes(changed[at:end]) * 2])
        yield dataset, bytes(changed)
