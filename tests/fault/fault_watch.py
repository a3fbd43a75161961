# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that refuses for a while under a program that watches, as the window does: it says so, and goes on by itself."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import sync_house  # noqa: E402 its imports need the folder that has just been added

# Each with the span of the calls that fail.
REFUSALS = [("pwrite64", "ENOSPC", 1, 12), ("pwrite64", "EIO", 3, 12), ("openat", "ENOSPC", 1, 2), ("openat", "EIO", 30, 33),
            ("fdatasync", "EIO", 1, 4), ("pread64", "EIO", 1, 3), ("ftruncate", "EIO", 1, 3), ("write", "ENOSPC", 1, 3),
            ("fsync", "EIO", 1, 3), ("getdents64", "EIO", 1, 2), ("flock", "ENOLCK", 1, 3)]


class Watch:
    """sync-watch under strace, on what it reads and writes once it runs."""

    def __init__(self, faults, house, call, error, first, last):
        paths = [path for path in house.paths() if "/.sobremesa" in path or "/lake" in path or path.startswith(house.cache)]
        command = faults.strace([faults.program("sync-watch"), house.workspace], call, paths,
                                "-e", f"inject={call}:error={error}:when={first}..{last}")
        self.log = os.path.join(house.home, "watch.log")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, env=house.env, stdin=subprocess.PIPE, stdout=log)

    def end(self):
        """Its exit status, and what it said."""
        self.process.stdin.close()
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        with open(self.log, encoding="utf-8") as log:
            return status, log.read().splitlines()


def rows_arrive(house, count, seconds):
    """Whether the cache comes to hold that many rows."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        seen = house.read_cache()
        if isinstance(seen, dict) and seen["rows"] == count:
            return True
        time.sleep(0.1)
    return False


def run_one(faults, call, error, first, last):
    house = sync_house.SyncHouse(faults, "watch")
    house.put_object(house.make_records(50))
    house.put_segment(house.make_records(20), closed=False)
    house.must("sync")
    house.put_segment(house.make_records(20), closed=True)
    house.put_segment(house.make_records(20), closed=False)
    watch = Watch(faults, house, call, error, first, last)
    try:
        arrived = rows_arrive(house, 110, 20)
        house.put_segment(house.make_records(5), closed=False)
        went_on = rows_arrive(house, 115, 20)
    finally:
        status, said = watch.end()
    what = f"{call} {first} to {last} {error}"
    faults.check(status == 0 and arrived and went_on, f"{what}: ended with {status}; {'goes on by itself' if arrived and went_on else 'does not go on'}")
    fault = house.find_fault(house.held())
    faults.check(fault is None, f"{what}: {fault or 'nothing lost, nothing doubled'}")
    return said


def run(faults):
    said = 0
    for refusal in REFUSALS:
        lines = run_one(faults, *refusal)
        said += any(line.startswith("failed: ") for line in lines)
    faults.check(said >= len(REFUSALS) // 2, f"{said} of {len(REFUSALS)} refusals are said")
