#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lake, parts of which this user may not read: it is said, nothing that is in the cache leaves it, and it heals. Not for root, whom
permissions do not stop."""

import contextlib
import glob
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import small_lake
import tap

PLACE = restaurant.Restaurant()


@contextlib.contextmanager
def forbidden(path, mode=0):
    """Nobody but root gets at it for as long as the context lasts."""
    before = os.stat(path).st_mode & 0o7777
    os.chmod(path, mode)
    try:
        yield
    finally:
        os.chmod(path, before)


def raw(*names):
    return os.path.join(PLACE.workspace, "lake", "raw", "responses", *names)


def count():
    return int(PLACE.query("SELECT count(*) FROM responses")[0][0])


def not_root():
    assert os.getuid() != 0, "root may read everything, so this would prove nothing"
    PLACE.do("init")
    small_lake.write_lake(PLACE.workspace, 1, 400)


def object_is_read_when_it_can_be():
    path = sorted(glob.glob(raw("*", "*")))[3]
    with forbidden(path):
        result = PLACE.do("--json", "sync")
        assert result.document["postponed"] == 1 and "could not be reached" in result.err, result
        some = count()
        again = PLACE.do("--json", "sync").document
        assert again["postponed"] == 1 and again["rows"] == 0, again
        assert count() == some
    report = PLACE.do("--json", "sync").document
    assert report["postponed"] == 0 and report["rows"] > 0, report
    assert count() == len(small_lake.distinct_ids(PLACE.workspace))


def day_that_cannot_be_read_takes_nothing_away():
    before = count()
    day = sorted(glob.glob(raw("*")))[5]
    with forbidden(day):
        result = PLACE.run("sync")
        assert result.status == 1 and os.path.basename(day) in result.err, result
        assert count() == before
        result = PLACE.run("sync", "--full")
        assert result.status == 1 and os.path.basename(day) in result.err, result
        assert count() == before
        assert PLACE.run("lake", "verify").status == 1
    report = PLACE.do("--json", "sync").document
    assert report["rows"] == 0 and not report["rebuilt"], report
    assert count() == before


def lake_that_cannot_be_read_takes_nothing_away():
    before = count()
    with forbidden(os.path.join(PLACE.workspace, "lake")):
        assert PLACE.run("sync").status == 1
        assert PLACE.run("sync", "--full").status == 1
        assert count() == before
    PLACE.do("sync")
    assert count() == before


def cache_that_cannot_be_written_is_told():
    small_lake.write_lake(PLACE.workspace, 2, 40)
    cache, = {os.path.dirname(path) for path in glob.glob(PLACE.path("cache", "**", "*.db"), recursive=True)}
    before = count()
    files = glob.glob(os.path.join(cache, "*"))
    with contextlib.ExitStack() as stack:
        for path in files:
            stack.enter_context(forbidden(path, 0o400))
        stack.enter_context(forbidden(cache, 0o500))
        result = PLACE.run("sync")
        assert result.status == 1 and "written" in result.err, result
    PLACE.do("sync")
    assert count() == len(small_lake.distinct_ids(PLACE.workspace)) > before


CASES = [not_root, object_is_read_when_it_can_be, day_that_cannot_be_read_takes_nothing_away, lake_that_cannot_be_read_takes_nothing_away,
         cache_that_cannot_be_written_is_told]

if __name__ == "__main__":
    with PLACE:
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
