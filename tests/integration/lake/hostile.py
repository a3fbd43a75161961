#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Five hundred objects that nobody should write, in one lake, through "sobremesa sync": exactly the good records come out of it."""

import collections
import glob
import os
import resource
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import hostile_lake
import restaurant
import tap

SEED = 2026
LEAST_FILES = 500
MOST_MEMORY_KIB = 256 * 1024  # of which a sanitizer takes about half: it keeps memory that was freed
PLACE = restaurant.Restaurant()


class State:
    """What the cases find out one after the other."""
    expected = None
    report = None


def a_lake_is_made():
    PLACE.do("init")
    State.expected = hostile_lake.Maker(PLACE.workspace, SEED).make()
    assert State.expected.files >= LEAST_FILES, State.expected.files


def sync_says_what_it_read():
    State.report = PLACE.do("--json", "sync", timeout=300).document
    expected, report = State.expected, State.report
    assert report["objects"] == expected.objects, (report, expected.objects)
    assert report["rows"] == len(expected.ids), (report, len(expected.ids))
    assert report["rejects"] == sum(expected.rejects.values()), (report, expected.rejects)
    assert report["failed"] == len(expected.failed), (report, len(expected.failed))
    assert report["duplicates"] == expected.copies, (report, expected.copies)


def memory_stays_bounded():
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak < MOST_MEMORY_KIB, f"{peak} KiB"


def every_good_record_is_there():
    ids = {row[0] for row in PLACE.query("SELECT id FROM responses")}
    assert ids == State.expected.ids, (len(ids - State.expected.ids), len(State.expected.ids - ids))


def open_cache():
    """The cache that holds the answers, for reading."""
    path, = glob.glob(PLACE.path("cache", "**", "*.db"), recursive=True)
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def bad_lines_are_named_by_their_reason():
    with open_cache() as cache:
        found = collections.Counter(dict(cache.execute("SELECT reason, count(*) FROM quarantine GROUP BY reason")))
    assert found == State.expected.rejects, (found - State.expected.rejects, State.expected.rejects - found)


def unreadable_objects_are_named():
    with open_cache() as cache:
        found = {key.rpartition("/")[2] for key, in cache.execute("SELECT key FROM ledger WHERE failure IS NOT NULL")}
    assert found == State.expected.failed, (found ^ State.expected.failed)


def verify_finds_the_same():
    result = PLACE.run("--json", "lake", "verify", timeout=300)
    report = result.document
    assert result.status == 1, result.status
    assert report["failed"] == len(State.expected.failed) and report["rejects"] == sum(State.expected.rejects.values()), \
        (report["failed"], report["rejects"])


def nothing_is_read_twice():
    again = PLACE.do("--json", "sync", timeout=300).document
    assert again["objects"] == 0 and again["rows"] == 0 and not again["rebuilt"], again


def a_rebuilt_cache_is_the_same():
    full = PLACE.do("--json", "sync", "--full", timeout=300).document
    assert full["rebuilt"], full
    for number in ("objects", "rows", "rejects", "failed", "duplicates", "conflicts"):
        assert full[number] == State.report[number], (number, full, State.report)
    every_good_record_is_there()
    bad_lines_are_named_by_their_reason()


CASES = [a_lake_is_made, sync_says_what_it_read, memory_stays_bounded, every_good_record_is_there, bad_lines_are_named_by_their_reason,
         unreadable_objects_are_named, verify_finds_the_same, nothing_is_read_twice, a_rebuilt_cache_is_the_same]

if __name__ == "__main__":
    with PLACE:
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
