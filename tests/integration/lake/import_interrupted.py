#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An import that is interrupted leaves nothing; one that is killed leaves whole objects at most; done again, every row is there once."""

import collections
import glob
import json
import os
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import small_lake
import tap

ROWS = 60000  # more than one object holds


def write_till(path):
    source = random.Random(4)
    with open(path, "w", encoding="utf-8") as file:
        file.write("order,time,table,item,quantity,amount\n")
        for number in range(ROWS):
            moment = 1764000000 + number // 4 * 60
            # Every fifth line is like the one before it.
            if number % 5 != 4:
                line = f"{number // 4},{moment},{source.randrange(1, 15)},Dish {source.randrange(40)},{source.randrange(1, 4)},{source.randrange(999)}\n"
            file.write(line)


def files(place):
    return sorted(os.path.relpath(os.path.join(folder, name), place.workspace) for folder, _, names in os.walk(place.workspace) for name in names)


def objects(place):
    return glob.glob(f"{place.workspace}/lake/raw/orders/dt=*/import-*")


def assert_exact(place):
    """Each line of the file is in the lake once, those that are alike as often as they are there."""
    ids, rows = set(), collections.Counter()
    for path in objects(place):
        for line in small_lake.read_unpacked(path).splitlines():
            record = json.loads(line)
            assert record["id"] not in ids, record
            ids.add(record["id"])
            rows[record["order"], record["table_id"], record["item"], record["quantity"], record["amount"]] += 1
    expected = collections.Counter()
    with open(place.path("till.csv"), encoding="utf-8") as file:
        next(file)
        for line in file:
            order, _, table, item, quantity, amount = line.rstrip("\n").split(",")
            expected[order, table, item, int(quantity), int(amount)] += 1
    assert rows == expected, (len(ids), (rows - expected).most_common(2), (expected - rows).most_common(2))


def start_and_wait(place, words):
    """Starts an import and waits until it says @words."""
    process = place.start("lake", "import", place.path("till.csv"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    for line in process.stderr:
        if words in line:
            return process
    raise AssertionError(f"the import ended with {process.wait()} before it said {words!r}")


def finish(process):
    with process.stderr:
        text = process.stderr.read()
    return process.wait(120), text


def an_interrupt_leaves_nothing():
    with restaurant.Restaurant() as place:
        place.do("init")
        write_till(place.path("till.csv"))
        before = files(place)
        for words in ("Looking through", "Reading"):
            process = start_and_wait(place, words)
            process.send_signal(signal.SIGINT)
            status, text = finish(process)
            assert status == 1 and "nothing of the file was imported" in text, (status, text)
            assert files(place) == before, set(files(place)) ^ set(before)
        place.do("lake", "import", place.path("till.csv"), timeout=300)
        assert_exact(place)


def killed_and_done_again_it_is_exact():
    with restaurant.Restaurant() as place:
        place.do("init")
        write_till(place.path("till.csv"))
        before = files(place)
        process = start_and_wait(place, "Reading")
        process.kill()
        finish(process)
        assert files(place) == before, set(files(place)) ^ set(before)
        # The moment the first object is there, when the second one may or may not be.
        process = start_and_wait(place, "Reading")
        while process.poll() is None and not objects(place):
            time.sleep(0.002)
        process.kill()
        finish(process)
        assert len(objects(place)) in (1, 2), objects(place)
        document = place.do("--json", "lake", "import", place.path("till.csv"), timeout=300).document["files"][0]
        assert document["added"] + document["known"] == ROWS, document
        assert_exact(place)
        assert place.do("--json", "lake", "import", place.path("till.csv"), timeout=300).document["files"][0]["known"] == ROWS


CASES = [an_interrupt_leaves_nothing, killed_and_done_again_it_is_exact]

if __name__ == "__main__":
    tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
