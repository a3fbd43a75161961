# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of sync, rebuild, retention and forgetting is broken by the fault modules: a house each, ready to be broken again and again."""

import small_lake
import sync_house


def add_lake(house, objects, records, first_day=0):
    """Objects with records that are there once, twice, and twice with another body, and lines that are none."""
    for number in range(objects):
        lines = house.make_records(records, first_day + number % 3, 1)
        again = [dict(line) for line in lines[:3]]
        again[1]["comment"] = "said otherwise"
        again[2]["received_at"] = again[2]["submitted_at"]
        house.put_object(lines + again, first_day + number % 3, small_lake.BAD_LINES[:2])
        house.put_object(again, first_day + number % 3)


def make_first(house):
    """Nothing has been read yet; enough that a chunk is filled and sealed."""
    for number in range(9):
        house.put_object(house.make_records(1000), number % 3)
    return ["sync"]


def make_more(house):
    """A sealed chunk and a tail; new objects replace rows of both and seal the tail; segments are rolled and one is open."""
    old = house.make_records(2100)
    house.put_object(old)
    house.must("sync")
    tail = house.make_records(300)
    house.put_object(tail)
    house.must("sync")
    add_lake(house, 3, 60)
    for record in old[:20] + tail[:20]:
        record.update(comment="earlier and shorter", received_at=record["submitted_at"])
    house.put_object(old[:20] + tail[:20] + house.make_records(1900), 1)
    for _ in range(3):
        house.put_segment(house.make_records(20), closed=True)
    house.put_segment(house.make_records(20), closed=False, torn=b'{"v":1,"id":"')
    return ["sync"]


def make_full(house):
    """A cache that is built anew beside the one that is there."""
    add_lake(house, 5, 50)
    house.put_segment(house.make_records(20), closed=False)
    house.must("sync")
    house.put_segment(house.make_records(20), closed=True)
    return ["sync", "--full"]


def make_retention(house):
    """Days that are past their retention, in a cache that holds them: they go, and the cache is built anew."""
    add_lake(house, 3, 40)
    for number in range(4):
        house.put_object(house.make_records(40, -2000 + number, 1), -2000 + number)
    house.change_settings({"retention_days": 20000})
    house.must("sync")
    house.change_settings({"retention_days": 1000})
    return ["sync"]


def make_forget(house):
    """One answer that is in an object, in another one and in a closed segment."""
    add_lake(house, 3, 40)
    gone = house.make_records(1)[0]
    gone["comment"] = "words to be forgotten"
    house.put_object(house.make_records(30) + [gone])
    house.must("sync")
    house.put_segment(house.make_records(10) + [gone], closed=True)
    return ["lake", "forget", gone["id"]]


# What is broken, its share of all points in a hundred, and the ids that may be gone afterwards.
PLACES = {"first": (make_first, 15), "more": (make_more, 25), "full": (make_full, 20), "retention": (make_retention, 15),
          "forget": (make_forget, 17)}


class Place:
    """One of the places, ready to be broken again and again."""

    def __init__(self, faults, name):
        self.faults, self.name = faults, name
        make, self.share = PLACES[name]
        self.house = sync_house.SyncHouse(faults, name)
        self.words = make(self.house)
        self.house.keep()
        # What may go: answers of days that are past retention; the one to be forgotten.
        self.before = small_lake.distinct_ids(self.house.workspace)
        self.must_stay = {one for one in self.before if not is_old(one)} - set(self.words)
        self.counts = {}

    def count(self, calls):
        self.house.restore()
        self.counts = self.faults.count_calls(self.house.command(*self.words), self.house.env, calls, self.house.paths())

    def break_it(self, make_command, *arguments, **more):
        """Runs it under strace; its exit status and errors."""
        self.house.restore()
        command = make_command(self.house.command(*self.words), *arguments, paths=self.house.paths(), **more)
        status, _, errors = self.faults.run(command, self.house.env)
        return status, errors.strip()

    def examine(self, what):
        fault = self.house.find_fault(self.must_stay)
        if fault is None and self.words[0] == "lake":
            fault = self.forget_again()
        self.faults.check(fault is None, f"{self.name}, {what}: {fault or 'nothing lost, nothing doubled'}")

    def forget_again(self):
        """Whoever was interrupted says it again; then nothing has the answer any more."""
        self.house.must(*self.words)
        if self.words[2] in small_lake.distinct_ids(self.house.workspace):
            return "what was to be forgotten is in lake or spool"
        if self.house.find_bytes(b"words to be forgotten"):
            return "what was to be forgotten can be read in a file"
        return self.house.find_fault(self.must_stay)


def is_old(identifier):
    return int(identifier.replace("-", "")[:12], 16) < sync_house.FIRST_TIME - 1000 * sync_house.DAY
