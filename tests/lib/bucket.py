# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A workspace whose lake is in the fake's bucket, and what has to hold of its cache whatever happened."""

import contextlib
import glob
import gzip
import json
import os
import sqlite3

import fake_aws
import restaurant
import small_lake

TABLE = "SELECT id, submitted_at, received_at, store_id, table_id, comment, duration_ms FROM responses ORDER BY id"


@contextlib.contextmanager
def place_with_bucket(count=400, profile="", per_object=20, tls=False, **more):
    """(restaurant, fake) with `count` answers over twenty days. profile: text of the AWS settings, of which "night" is used; more: members of "aws"."""
    with restaurant.Restaurant() as place, fake_aws.FakeAws(tls=tls) as aws:
        place.do("init")
        path = place.path("restaurant", "workspace.json")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        document["aws"] = {"bucket": aws.bucket, **({"profile": "night"} if profile else {}), **more}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)
        place.env.update(aws.environment(place.folder))
        with open(place.path("aws-config"), "w", encoding="utf-8") as file:
            file.write(profile)
        small_lake.write_lake(place.folder, 11, count, per_object=per_object)
        for folder, _, names in os.walk(place.path("lake")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    aws.put(os.path.relpath(os.path.join(folder, name), place.path("lake")), file.read())
        yield place, aws


def unpack(data):
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def read_values(line):
    """The JSON values of a line, which is one as a rule; a stream may have been written without newlines."""
    decoder, text = json.JSONDecoder(), line.decode("utf-8", "replace").strip()
    while text:
        try:
            value, end = decoder.raw_decode(text)
        except ValueError:
            return
        yield value
        text = text[end:].lstrip()


def valid_ids(aws):
    """The ids of the bucket's whole objects, read without the program."""
    ids = set()
    for key, kept in aws.objects.items():
        if not key.startswith("raw/responses/"):
            continue
        try:
            data = unpack(kept.data)
        except (EOFError, OSError):
            continue
        for line in data.removeprefix(b"\xef\xbb\xbf").splitlines():
            ids.update(record["id"] for record in read_values(line)
                       if isinstance(record, dict) and isinstance(record.get("id"), str) and small_lake.UUID.match(record["id"]))
    return ids


def a_day_passes(place):
    """All of the bucket is listed again by the next sync."""
    for path in glob.glob(f"{place.env['XDG_CACHE_HOME']}/sobremesa/*/cache-*.db"):
        with contextlib.closing(sqlite3.connect(path)) as base, base:
            base.execute("UPDATE meta SET value = value - 86400000 WHERE name = 'listed_at'")


def find_fault(place, aws):
    """The invariant: each id once, and what came bit by bit is what a rebuild gives. None when it holds, else what does not."""
    aws.script = lambda request, n: None
    a_day_passes(place)
    place.do("sync", timeout=180)
    rows, expected = place.query(TABLE), valid_ids(aws)
    if [row[0] for row in rows] != sorted(expected):
        return f"{len(rows)} rows, but {len(expected)} ids"
    if place.do("--json", "sync").document["objects"] != 0:
        return "an object is read twice"
    place.do("sync", "--full", timeout=180)
    if place.query(TABLE) != rows:
        return "a cache that is built anew is another one"
    return None if place.do("--json", "sync").document["objects"] == 0 else "an object is read twice after a rebuild"
