# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a lake that nobody should write, from a seed, and says exactly what has to be read from it."""

import collections
import datetime
import gzip
import json
import os
import random
import zlib

import small_lake

FIRST_DAY = datetime.date(2026, 1, 1)
MIB = 1024 * 1024


class Expected:
    """What a whole lake has to give: the ids, bad lines by reason, and objects that cannot be read."""

    def __init__(self):
        self.ids = set()
        self.rejects = collections.Counter()
        self.failed = set()
        self.copies = 0
        self.objects = 0
        self.files = 0


def change(line, **members):
    """The record with members replaced; None takes one away."""
    record = json.loads(line)
    for name, value in members.items():
        if value is None:
            record.pop(name, None)
        else:
            record[name] = value
    return json.dumps(record)


def replace(line, name, text):
    """The record with the member's value written as this text, which need not be JSON."""
    record = json.loads(line)
    record[name] = "\0here\0"
    return json.dumps(record).replace('"\\u0000here\\u0000"', text)


BAD_LINES = [
    ("v.missing", lambda line: change(line, v=None)),
    ("v.range", lambda line: change(line, v=2)),
    ("v.type", lambda line: change(line, v="1")),
    ("id.missing", lambda line: change(line, id=None)),
    ("id.form", lambda line: change(line, id=json.loads(line)["id"].upper() + "0")),
    ("id.type", lambda line: change(line, id=7)),
    ("submitted_at.form", lambda line: change(line, submitted_at="2026-02-30T10:00:00Z")),
    ("submitted_at.range", lambda line: change(line, submitted_at="1969-12-31T23:59:59Z")),
    ("received_at.missing", lambda line: change(line, received_at=None)),
    ("received_at.range", lambda line: change(line, received_at="2100-01-01T00:00:00Z")),
    ("store_id.length", lambda line: change(line, store_id="s" * 65)),
    ("store_id.type", lambda line: change(line, store_id=["harbour"])),
    ("table_id.length", lambda line: change(line, table_id="")),
    ("verified.type", lambda line: change(line, verified="yes")),
    ("form_version.range", lambda line: change(line, form_version=1 << 31)),
    ("form_version.range", lambda line: replace(line, "form_version", "99999999999999999999")),
    ("form_version.type", lambda line: change(line, form_version=1.5)),
    ("answers.type", lambda line: change(line, answers={"question": "food"})),
    ("answers.count", lambda line: change(line, answers=[{"question": "q", "kind": "stars", "score": 3}] * 201)),
    ("answers.score.range", lambda line: change(line, answers=[{"question": "q", "kind": "stars", "score": 6}])),
    ("answers.score.missing", lambda line: change(line, answers=[{"question": "q", "kind": "nps"}])),
    ("answers.score.forbidden", lambda line: change(line, answers=[{"question": "q", "kind": "text", "text": "a", "score": 1}])),
    ("answers.kind.value", lambda line: change(line, answers=[{"question": "q", "kind": "slider", "score": 1}])),
    ("comment.length", lambda line: change(line, comment="c" * 16385)),
    ("channel.value", lambda line: change(line, channel="pigeon")),
    ("suspicion.range", lambda line: change(line, suspicion=1.01)),
    ("number", lambda line: replace(line, "suspicion", "1e999")),
    ("json", lambda line: replace(line, "suspicion", "NaN")),
    ("number", lambda line: replace(line, "suspicion", "-Infinity")),
    ("number", lambda line: replace(line, "suspicion", "00.5")),
    ("string", lambda line: replace(line, "comment", '"\\ud83d alone"')),
    ("string", lambda line: replace(line, "comment", '"a raw \x07 bell"')),
    ("json", lambda line: replace(line, "comment", '"never closed')),
    ("duplicate", lambda line: line[:-1] + ', "id": ' + json.dumps(json.loads(line)["id"]) + "}"),
    ("depth", lambda line: line[:-1] + ', "more": ' + "[" * 33 + "]" * 33 + "}"),
    ("depth", lambda line: line[:-1] + ', "more": ' + '{"a":' * 40000 + "1" + "}" * 40000 + "}"),
    ("depth", lambda line: "[" * 100000),
    ("object", lambda line: "[" + line + "]"),
    ("object", lambda line: "null"),
    ("object", lambda line: '"' + "text" + '"'),
    ("json", lambda line: line[:line.rindex(",")]),
    ("json", lambda line: line + "}"),
    ("json", lambda line: "not json at all"),
    ("json", lambda line: "{'v': 1}"),
    ("line.length", lambda line: change(line, more="m" * MIB)),
]

# What is odd and yet a record.
GOOD_LINES = [
    lambda line: change(line, more={"unknown": [1, 2, {"deep": True}]}),
    lambda line: change(line, comment="\u0001 a control character, escaped"),
    lambda line: change(line, comment="=HYPERLINK(\"http://example.org\")"),
    lambda line: change(line, comment="<script>alert(1)</script>'; DROP TABLE response;--"),
    lambda line: change(line, comment="\u202e right to left \u0000"[:-1]),
    lambda line: change(line, comment="🍲" * 4000),
    lambda line: change(line, suspicion=None),
    lambda line: replace(line, "suspicion", "null"),
    lambda line: change(line, answers=[]),
    lambda line: change(line, submitted_at="9999-12-31T23:59:59.999Z"),
    lambda line: line[:-1] + ', "more": ' + "[" * 31 + "]" * 31 + "}",
    lambda line: "  " + line + "\t ",
    lambda line: line + "\r",
]


class Maker:
    """Writes one lake."""

    def __init__(self, folder, seed):
        self.raw = os.path.join(folder, "lake", "raw", "responses")
        self.rng = random.Random(seed)
        self.expected = Expected()
        self.number = 0
        self.written = []

    def good(self, count):
        """Lines of new records."""
        lines = []
        for _ in range(count):
            day = self.rng.randrange(20)
            at = int(datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.timezone.utc).timestamp() * 1000) + day * 86400000
            lines.append(json.dumps(small_lake.make_response(self.rng, at + self.rng.randrange(8 * 3600000))))
        return lines

    def folder(self, name=None):
        path = os.path.join(self.raw, name or f"dt={FIRST_DAY + datetime.timedelta(days=self.rng.randrange(20))}")
        os.makedirs(path, exist_ok=True)
        return path

    def place(self, name=None, folder=None):
        """The path of the next file."""
        self.number += 1
        self.expected.files += 1
        path = os.path.join(self.folder(folder).encode(), name.encode() if isinstance(name, str) else name or b"%05d.json.gz" % self.number)
        return path

    def write(self, data, good=(), rejects=(), failed=False, **where):
        """An object that is read: its bytes and what comes out of it."""
        path = self.place(**where)
        with open(path, "wb") as file:
            file.write(data)
        self.expected.objects += 1
        if failed:
            self.expected.failed.add(os.path.basename(path).decode())
            return path
        for line in good:
            self.expected.ids.add(json.loads(line)["id"])
        self.expected.rejects.update(rejects)
        return path

    def pack(self, text, members=1):
        """gzip, in one member or several."""
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        cuts = sorted(self.rng.randrange(len(data) + 1) for _ in range(members - 1))
        return b"".join(gzip.compress(data[a:b], 6, mtime=0) for a, b in zip([0, *cuts], [*cuts, len(data)]))

    # Kinds of objects. Each writes one.

    def plain_and_packed(self):
        lines = self.good(self.rng.randrange(1, 12))
        text = "\n".join(lines) + ("\n" if self.rng.random() < 0.5 else "")
        self.write(text.encode() if self.rng.random() < 0.3 else self.pack(text, self.rng.randrange(1, 5)), lines)

    def bad_between_good(self):
        good = self.good(4)
        reason, spoil = BAD_LINES[self.number % len(BAD_LINES)]
        lines = [*good[:2], spoil(self.good(1)[0]), *good[2:]]
        text = "\n".join(lines) + "\n"
        # A line of one letter a million times is nothing but a bomb once it is packed.
        self.write(text.encode() if reason == "line.length" else self.pack(text), good, [reason])

    def many_bad_lines(self):
        good = self.good(3)
        lines, reasons = list(good), []
        for _ in range(40):
            reason, spoil = self.rng.choice(BAD_LINES[:33])
            lines.append(spoil(self.good(1)[0]))
            reasons.append(reason)
        order = list(lines)
        self.rng.shuffle(order)
        self.write("\n".join(order).encode(), good, reasons)

    def odd_but_good(self):
        good = [self.rng.choice(GOOD_LINES)(line) for line in self.good(4)]
        self.write(self.pack("\n".join(good) + "\n"), good)

    def several_on_a_line(self):
        good = self.good(3)
        self.write(self.pack(" ".join(good) + "\n"), good)

    def blank_lines(self):
        good = self.good(2)
        self.write(self.pack("\ufeff" + good[0] + "\n\n \t\r\n\n" + good[1] + "\n\n"), good)

    def empty(self):
        self.write(self.rng.choice([b"", b"\n", b"\n\n\n", gzip.compress(b"", mtime=0)]))

    def latin_1(self):
        good = self.good(2)
        bad = change(self.good(1)[0], comment="HERE").encode().replace(b"HERE", "café".encode("latin-1"))
        self.write(self.pack(good[0].encode() + b"\n" + bad + b"\n" + good[1].encode()), good, ["utf8"])

    def surrogates_in_utf8(self):
        good = self.good(1)
        bad = change(self.good(1)[0], comment="HERE").encode().replace(b"HERE", self.rng.choice([b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"]))
        self.write(self.pack(bad + b"\n" + good[0].encode()), good, ["utf8"])

    def nul_bytes(self):
        good = self.good(1)
        bad = self.good(1)[0].encode()
        at = self.rng.randrange(1, len(bad))
        self.write(self.pack(bad[:at] + b"\0" + bad[at:] + b"\n" + good[0].encode()), good, ["nul"])

    def truncated(self):
        data = self.pack("\n".join(self.good(20)))
        self.write(data[:self.rng.randrange(11, len(data) - 1)], failed=True)

    def flipped(self):
        data = bytearray(self.pack("\n".join(self.good(20))))
        # The sums at the end always notice.
        data[self.rng.randrange(len(data) - 8, len(data))] ^= 1 << self.rng.randrange(8)
        self.write(bytes(data), failed=True)

    def junk_behind(self):
        junk = bytes(self.rng.randrange(1, 256) for _ in range(self.rng.randrange(1, 40)))
        self.write(self.pack("\n".join(self.good(5))) + (b"x" + junk), failed=True)

    def second_member_broken(self):
        self.write(self.pack("\n".join(self.good(3)) + "\n") + self.pack("\n".join(self.good(3)))[:-3], failed=True)

    def bomb(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        data = packer.compress(("\n".join(self.good(3)) + "\n").encode())
        for _ in range(self.rng.randrange(8, 48)):
            data += packer.compress(self.rng.choice([b"\0", b"\n", b" "]) * MIB)
        self.write(data + packer.flush(), failed=True)

    def nested_bomb(self):
        # Only the outer layer is unpacked: what is inside is a line of bytes.
        self.write(gzip.compress(gzip.compress(b"\0" * (4 * MIB), 9, mtime=0), 9, mtime=0), rejects=["nul"])

    def copies(self):
        good = self.good(2)
        again = change(good[1], comment="said otherwise later", received_at="2026-02-01T10:00:00.000Z")
        self.write(self.pack("\n".join([good[0], good[1], good[0], again])), good)
        self.expected.copies += 2

    def odd_name(self):
        names = ["answers of today.json.gz", "a;rm -rf ~.gz", "$(reboot).gz", "..json.gz"[1:] + "~", "ünïcödé 🍲.gz", "line\nbreak.gz", "x" * 255,
                 "no-ending", "UPPER.JSON.GZ", "-rf", "%2e%2e%2fetc.gz", "\u202egz.nosj"]
        good = self.good(1)
        name = f"{self.number:05d}{self.rng.choice(names)}"[:255 - 24]
        self.write(self.pack(good[0]), good, name=name)

    def hidden(self):
        self.write_ignored(self.pack("\n".join(self.good(2))), name=f".{self.number:05d}.json.gz")

    def wrong_day(self):
        self.write_ignored(self.pack("\n".join(self.good(2))), folder=self.rng.choice(
            ["dt=2026-13-45", "dt=2026-02-30", "dt=26-01-01", "dt=", "dt", "2026-01-01", "dt=2026-01-01x", "dt=2026-1-1", "DT=2026-01-01",
             "dt=__HIVE_DEFAULT_PARTITION__", "dt=２０２６-01-01"]))

    def write_ignored(self, data, **where):
        with open(self.place(**where), "wb") as file:
            file.write(data)

    def link(self):
        path = self.place()
        os.symlink(self.rng.choice(["/etc/passwd", "/dev/zero", "nowhere", os.path.basename(path).decode(), "../../../../workspace.json"]), path)

    def fifo(self):
        os.mkfifo(self.place())

    def folder_with_a_name(self):
        path = self.place()
        os.mkdir(path)
        with open(os.path.join(path, b"inner.json.gz"), "wb") as file:
            file.write(self.pack(self.good(1)[0]))

    def huge_and_hollow(self):
        path = self.write(b"", failed=True)
        os.truncate(path, 256 * MIB + 1)

    KINDS = [(plain_and_packed, 80), (bad_between_good, 3 * len(BAD_LINES)), (many_bad_lines, 20), (odd_but_good, 40), (several_on_a_line, 10),
             (blank_lines, 10), (empty, 10), (latin_1, 10), (surrogates_in_utf8, 10), (nul_bytes, 10), (truncated, 30), (flipped, 20),
             (junk_behind, 15), (second_member_broken, 10), (bomb, 8), (nested_bomb, 4), (copies, 10), (odd_name, 24), (hidden, 8), (wrong_day, 14),
             (link, 10), (fifo, 4), (folder_with_a_name, 6), (huge_and_hollow, 2)]

    def make(self):
        """Writes all of them, mixed. Returns what has to come out."""
        kinds = [kind for kind, count in self.KINDS for _ in range(count)]
        self.rng.shuffle(kinds)
        for kind in kinds:
            kind(self)
        os.symlink("/tmp", os.path.join(self.raw, "dt=2026-01-31"))
        with open(os.path.join(self.raw, "dt=2026-01-30"), "wb"):
            pass
        return self.expected
