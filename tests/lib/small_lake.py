# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes small workspaces with lakes whose right content is known, and reads lakes and spools independently of the program."""

import datetime
import glob
import gzip
import json
import os
import random
import re

QUESTIONS = [("overall", "smiley"), ("food", "stars"), ("service", "stars"), ("recommend", "nps")]
WORDS = "soup slow friendly cold lovely waiter terrace noisy risotto bill again never always fresh salty".split()
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
BAD_LINES = ['{"v":1', "not json", '{"v":1,"id":"short"}', "[1,2,3]", "\u0000"]


def format_time(milliseconds):
    moment = datetime.datetime.fromtimestamp(milliseconds // 1000, datetime.timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"


def make_id(rng, milliseconds, version=7):
    bits = rng.getrandbits(80)
    value = (milliseconds << 80 | bits) & ~(0xF << 76) & ~(0x3 << 62) | version << 76 | 0x2 << 62
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def make_response(rng, milliseconds, stores=("harbour",), tables=14):
    record = {
        "v": 1, "id": make_id(rng, milliseconds), "submitted_at": format_time(milliseconds),
        "received_at": format_time(milliseconds + rng.randrange(50, 5000)), "store_id": rng.choice(stores),
        "table_id": str(rng.randrange(1, tables + 1)), "verified": rng.random() > 0.05, "form_id": "visit", "form_version": 1,
        "language": rng.choice(("en", "de", "es")),
        "answers": [{"question": question, "kind": kind, "score": rng.randrange(0, 11) if kind == "nps" else rng.randrange(1, 6)}
                    for question, kind in QUESTIONS if rng.random() > 0.1],
        "duration_ms": rng.randrange(3000, 90000), "channel": "local",
    }
    if rng.random() < 0.4:
        record["comment"] = " ".join(rng.choices(WORDS, k=rng.randrange(2, 9)))
    return record


def make_lines(seed, count, days=20, first_day="2026-01-01", bad=0.02, twice=0.03):
    """(day, line) pairs: valid records, some of them twice, some with another body, and bad lines between them."""
    rng = random.Random(seed)
    start = int(datetime.datetime.fromisoformat(first_day + "T00:00:00+00:00").timestamp() * 1000)
    made = []
    for _ in range(count):
        day = rng.randrange(days)
        record = make_response(rng, start + day * 86400000 + rng.randrange(10 * 3600000, 23 * 3600000))
        made.append((day, json.dumps(record)))
        if rng.random() < twice:
            again = dict(record)
            if rng.random() < 0.5:
                again["comment"] = "said otherwise later"
                again["received_at"] = format_time(start + day * 86400000 + 86000000 + rng.randrange(1000000))
            made.append((min(day + rng.randrange(2), days - 1), json.dumps(again)))
        if rng.random() < bad:
            made.append((day, rng.choice(BAD_LINES)))
    return made


def write_packed(path, data):
    """A gzip file whose bytes depend on the data alone."""
    with open(path, "wb") as file:
        file.write(gzip.compress(data, 1, mtime=0))


def read_unpacked(path):
    with open(path, "rb") as file:
        data = file.read()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def write_lake(folder, seed, count, per_object=60, days=20):
    """Writes responses into FOLDER/lake/raw; returns how many objects it made."""
    start = datetime.date(2026, 1, 1)
    by_day = {}
    for day, line in make_lines(seed, count, days):
        by_day.setdefault(day, []).append(line)
    objects = 0
    for day, lines in by_day.items():
        path = f"{folder}/lake/raw/responses/dt={start + datetime.timedelta(days=day)}"
        os.makedirs(path, exist_ok=True)
        for first in range(0, len(lines), per_object):
            write_packed(f"{path}/{seed:04d}-{first:06d}.json.gz", ("\n".join(lines[first:first + per_object]) + "\n").encode())
            objects += 1
    return objects


def read_lines(workspace, dataset="responses"):
    """Every line of a dataset in the lake and of the spool's whole lines."""
    for path in glob.glob(f"{workspace}/lake/raw/{dataset}/dt=*/*"):
        yield from read_unpacked(path).split(b"\n")
    for path in glob.glob(f"{workspace}/.sobremesa/spool/{dataset}/dt=*/*.jsonl"):
        with open(path, "rb") as file:
            data = file.read()
        yield from data[:data.rfind(b"\n") + 1].split(b"\n")


def distinct_ids(workspace):
    """The ids of the records in lake ∪ spool. Good for lakes of make_lines, whose bad lines are no objects or have no id."""
    ids = set()
    for line in read_lines(workspace):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and isinstance(record.get("id"), str) and UUID.match(record["id"]):
            ids.add(record["id"])
    return ids
