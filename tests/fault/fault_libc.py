# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes that do half of what they are asked for, and memory that runs out: sync and forgetting end well or not at all."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import sync_places  # noqa: E402 its imports need the folder that has just been added

# A program that gets no memory ends: GLib aborts (SIGTRAP where it logs an error), SQLite reports it.
DEATHS = (0, 1, -5, -6)


def run_short(faults, place):
    """Every read and write is short: the command ends well all the same."""
    place.house.restore()
    env = {**place.house.env, "LD_PRELOAD": faults.module("faulty-libc"), "FAULTY_SHORT": "1"}
    status, _, errors = faults.run(place.house.command(*place.words), env)
    faults.check(status == 0, f"{place.name}, short reads and writes: ends with {status}: {errors.strip()}")
    place.examine("short reads and writes")


def count_allocations(faults, place):
    place.house.restore()
    path = os.path.join(faults.scratch, "allocations")
    faults.run(place.house.command(*place.words), {**place.house.env, "LD_PRELOAD": faults.module("faulty-libc"), "FAULTY_COUNT": path})
    with open(path, encoding="ascii") as file:
        return int(file.read())


def run_out_of_memory(faults, place, points):
    total = count_allocations(faults, place)
    stopped = 0
    for point in range(points):
        nth = 1 + point * (total - 1) // points
        place.house.restore()
        env = {**place.house.env, "LD_PRELOAD": faults.module("faulty-libc"), "FAULTY_MALLOC": str(nth)}
        status, _, errors = faults.run(place.house.command(*place.words), env)
        stopped += status != 0
        faults.check(status in DEATHS, f"{place.name}, no memory from allocation {nth} of {total}: ends with {status}: {errors[-300:]}")
        place.examine(f"no memory from allocation {nth} of {total}, ended with {status}")
    faults.check(stopped > points // 2, f"{place.name}: {stopped} of {points} ran out of memory")
    print(f"# {place.name}: {stopped} of {points} stopped for want of memory, of {total} allocations", flush=True)


def run(faults):
    for name in ("more", "full", "forget"):
        place = sync_places.Place(faults, name)
        run_short(faults, place)
        run_out_of_memory(faults, place, max(faults.points // 12, 4))
