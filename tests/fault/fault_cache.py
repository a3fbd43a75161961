# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damage to the cache's files, and two programs that work on one cache: it is noticed or harmless, and made good by the next sync."""

import fcntl
import glob
import json
import os
import random
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import sync_house  # noqa: E402 its imports need the folder that has just been added
import sync_places  # noqa: E402 its imports need that folder too

PAGE = 8192
QUERY = "SELECT store_id, count(*) AS n, min(comment) AS first FROM responses GROUP BY store_id ORDER BY 1"


def make_house(faults, name):
    house = sync_house.SyncHouse(faults, name)
    house.put_object(house.make_records(2100))
    sync_places.add_lake(house, 3, 60)
    house.put_segment(house.make_records(20), closed=False)
    house.must("sync")
    house.keep()
    return house


class Damage:
    def __init__(self, faults):
        self.faults = faults
        self.house = make_house(faults, "damage")
        self.good = self.house.read_cache()
        self.answer = self.house.must("query", "--sql", QUERY)["rows"]
        (self.path,) = glob.glob(f"{self.house.cache}/sobremesa/*/cache-1.db")
        self.current = os.path.join(os.path.dirname(self.path), "current")
        with open(self.path, "rb") as file:
            self.bytes = file.read()
        self.noticed = self.harmless = 0

    def put(self, data):
        for path in glob.glob(f"{os.path.dirname(self.path)}/*"):
            os.unlink(path)
        with open(self.path, "wb") as file:
            file.write(data)
        with open(self.current, "w", encoding="ascii") as file:
            file.write("1\n")

    def examine(self, what):
        """Readers say the right thing or that it is damaged; then a sync makes it good."""
        seen = self.house.read_cache()
        wrong = isinstance(seen, dict) and seen != self.good
        self.faults.check(not wrong, f"{what}: the cache is read as {seen}")
        self.noticed += seen != self.good
        self.harmless += seen == self.good
        # Most damage that the inspection does not see is in bytes that nobody reads: some of it is enough.
        if seen == self.good and self.harmless % 4:
            return
        status, out, errors = self.house.run("query", "--sql", QUERY)
        right = status == 1 or (status == 0 and self.answer_of(out) == self.answer)
        self.faults.check(right, f"{what}: the query ends with {status}: {out} {errors.strip()}")
        try:
            self.house.must("sync")
            healed = self.house.read_cache()
        except AssertionError as error:
            healed = str(error)
        self.faults.check(healed == self.good, f"{what}: the cache is read as {seen}, after the next sync as {healed}")

    @staticmethod
    def answer_of(out):
        return json.loads(out)["rows"]

    def run(self, flips, cuts):
        for _ in range(flips):
            place, bit = random.randrange(len(self.bytes)), 1 << random.randrange(8)
            data = bytearray(self.bytes)
            data[place] ^= bit
            self.put(data)
            self.examine(f"bit {bit} of byte {place} flipped")
        for number in range(cuts):
            page = number * (len(self.bytes) // PAGE) // cuts
            self.put(self.bytes[:page * PAGE] + bytes(PAGE) + self.bytes[(page + 1) * PAGE:])
            self.examine(f"page {page} zeroed")
        for number in range(cuts):
            length = number * len(self.bytes) // cuts
            self.put(self.bytes[:length])
            self.examine(f"cut to {length} bytes")
        for text in (b"", b"x", b"0\n", b"2\n", b"-1\n", b"99999999999999999999\n", b"1\n" * 5000, bytes(range(256))):
            self.put(self.bytes)
            with open(self.current, "wb") as file:
                file.write(text)
            self.examine_unreadable(f"the current generation is {text[:20]!r}")
        print(f"# damage: {self.noticed} times noticed, {self.harmless} times harmless", flush=True)

    def examine_unreadable(self, what):
        """No reader finds a cache; the next sync makes one."""
        seen = self.house.read_cache()
        status, _, _ = self.house.run("query", "--sql", QUERY)
        self.house.must("sync")
        healed = self.house.read_cache()
        self.faults.check(isinstance(seen, str) and status == 1 and healed == self.good, f"{what}: {seen}, {status}, then {healed}")


def run_together(faults, house, rounds, *commands):
    """All at once, many times: each ends well or says who is in its way, and when one has ended well everything is in the cache."""
    name = " and ".join(" ".join(words) for words in commands)
    busy = 0
    for _ in range(rounds):
        house.restore()
        held = len(house.held())
        started = [subprocess.Popen(house.command(*words), env=house.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.PIPE, text=True) for words in commands]
        ended, wrong = [], None
        while started:
            process = next((one for one in started if one.poll() is not None), None)
            if process is None:
                time.sleep(0.001)
                continue
            started.remove(process)
            seen = house.read_cache()
            ended.append((process.returncode, process.communicate()[1].strip()))
            if process.returncode == 0 and not (isinstance(seen, dict) and seen["rows"] == held):
                wrong = f"one has ended well, and the cache is read as {seen}, not with {held} rows"
            elif process.returncode != 0 and not (process.returncode == 1 and "Another program" in ended[-1][1]):
                wrong = f"ends with {ended[-1]}"
        busy += any(status == 1 for status, _ in ended)
        wrong = wrong or house.find_fault(house.held())
        faults.check(wrong is None, f"{name} at once: {wrong or 'nothing lost, nothing doubled'}")
    print(f"# {name} at once, {rounds} times: {busy} times one was in the other's way", flush=True)


def run_locked(faults, house):
    """Another program has the lock and keeps it: sync names it, changes nothing, and is fine once the other one is gone."""
    house.restore()
    path = os.path.join(house.workspace, ".sobremesa", "sync.lock")
    with open(path, "w", encoding="ascii") as file:
        file.write("some program, process 12345\n")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        house.put_segment(house.make_records(5), closed=False)
        before = house.read_cache()
        status, _, errors = house.run("sync")
        good = status == 1 and "some program, process 12345" in errors and house.read_cache() == before
    faults.check(good, f"the lock is taken: ends with {status}: {errors.strip()}")
    fault = house.find_fault(house.held())
    faults.check(fault is None, f"after the lock was taken: {fault or 'nothing lost, nothing doubled'}")


def run(faults):
    random.seed(15)
    Damage(faults).run(faults.points * 10 // 3, max(faults.points // 15, 2))
    house = make_house(faults, "two")
    house.put_object(house.make_records(300), 2)
    house.put_segment(house.make_records(20), closed=True)
    house.keep()
    rounds = max(faults.points // 30, 2)
    run_together(faults, house, rounds, ["sync"], ["sync"])
    run_together(faults, house, rounds, ["sync", "--full"], ["sync", "--full"])
    run_together(faults, house, rounds, ["sync"], ["sync", "--full"], ["sync"], ["sync", "--full"])
    shutil.rmtree(os.path.join(house.master, "cache"))
    run_together(faults, house, rounds, ["sync"], ["sync"], ["sync", "--full"])
    run_locked(faults, house)
