# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync, rebuild, retention and forgetting killed at their system calls and refused by the disk: the cache is what lake and spool say.

Before each point the house is as it was; after it no record is lost from lake and spool, the cache can be read, and one sync that
nothing disturbs makes it equal to one that is built anew, with as many rows as there are ids.
"""

import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import intake_process  # noqa: E402 its folder has just been added
import sync_house  # noqa: E402 its imports need that folder too
import sync_places  # noqa: E402 its imports need that folder too

CALLS = ("openat,read,pread64,pwrite64,write,fdatasync,fsync,ftruncate,fallocate,?rename,renameat,renameat2,linkat,?unlink,unlinkat,?mkdir,"
         "mkdirat,close,mmap,munmap,fcntl,flock,fstat,?newfstatat,getdents64")
GROWING_SHARE = 8
WRITING = "pwrite64,write,ftruncate,fallocate,?mkdir,mkdirat,openat,fdatasync,fsync,?rename,renameat,renameat2"
READING = "openat,read,pread64,getdents64,fstat,?newfstatat,mmap,?unlink,unlinkat"


def run_kills(faults, place):
    """The planned points, and more at random for those that another run does not reach."""
    place.count(CALLS)
    points = faults.points * place.share // 100
    planned = list(faults.spread(place.counts, points))
    random.shuffle(planned)
    fired = tried = 0
    by_call = {}
    while fired < points and tried < 3 * points:
        call, nth = planned[tried] if tried < len(planned) else random.choice(planned)
        tried += 1
        status, _ = place.break_it(faults.kill_command, nth if tried <= len(planned) else random.randint(1, nth), call)
        if not faults.was_killed(status):
            continue
        fired += 1
        by_call[call] = by_call.get(call, 0) + 1
        place.examine(f"killed at {call} {nth}")
    print(f"# {place.name}: {fired} points of {tried} fired: " + ", ".join(f"{call} {count}" for call, count in sorted(by_call.items())),
          flush=True)
    faults.check(fired >= points, f"{place.name}: {fired} kill points fired of {tried} tried")


def run_errors(faults, place, error, calls, points, onward):
    """The system refuses one call, or from one on: nothing false is said, and the next sync makes it good."""
    place.count(calls)
    for call, nth in faults.spread(place.counts, points, 1):
        status, errors = place.break_it(faults.error_command, nth, error, call, onward=onward)
        what = f"{error} at {call} {nth}{' and on' if onward else ''}"
        faults.check(status in (0, 1) and (status == 0 or errors.startswith("sobremesa: ")), f"{place.name}, {what}: ends with {status}: {errors}")
        place.examine(f"{what}, ended with {status}")


class Guests:
    """Guests who answer all the time while intake collects, except when they are asked to pause."""

    def __init__(self, running):
        self.running = running
        self.acknowledged = set()
        self.pause, self.ended = threading.Lock(), False
        self.thread = threading.Thread(target=self.answer)
        self.thread.start()

    def answer(self):
        while not self.ended:
            with self.pause:
                body = intake_process.make_response()
                if self.running.post(body)[0] in (200, 201):
                    self.acknowledged.add(body["id"])
            time.sleep(0.002)

    def end(self):
        self.ended = True
        self.thread.join()


def run_growing(faults):
    """Sync is killed while intake takes answers and closes segments: what was acknowledged is held, and counted after the next sync."""
    house = sync_house.SyncHouse(faults, "growing")
    site, form = intake_process.sample_site(faults.root)
    points = faults.points * GROWING_SHARE // 100
    fired = tried = 0
    with intake_process.Intake(faults.program("sobremesa-intake"), faults.folder("growing-intake"), site, form, env={}, quiet=True) as running:
        running.spool = os.path.join(house.workspace, ".sobremesa", "spool")
        running.more = ["--segment-bytes", "4000"]
        running.start()
        guests = Guests(running)
        try:
            house.must("sync")
            while fired < points and tried < 3 * points:
                tried += 1
                call = random.choice(["openat", "pwrite64", "write", "fsync", "renameat2", "unlinkat", "read", "pread64", "fdatasync", "close"])
                command = faults.kill_command(house.command("sync"), random.randint(1, 40 if call in ("openat", "close") else 8), call, house.paths())
                status, _, _ = faults.run(command, house.env)
                if not faults.was_killed(status):
                    continue
                fired += 1
                with guests.pause:
                    fault = house.find_fault(guests.acknowledged)
                faults.check(fault is None, f"growing, killed at {call}: {fault or 'nothing lost, nothing doubled'}")
        finally:
            guests.end()
    print(f"# growing: {fired} points of {tried} fired, {len(guests.acknowledged)} answers acknowledged meanwhile", flush=True)
    faults.check(fired >= points, f"growing: {fired} kill points fired of {tried} tried")


def run(faults):
    random.seed(20261124)
    for name in sync_places.PLACES:
        place = sync_places.Place(faults, name)
        run_kills(faults, place)
        if name in ("more", "full", "forget"):
            run_errors(faults, place, "ENOSPC", WRITING, 16, True)
            run_errors(faults, place, "ENOSPC", WRITING, 8, False)
            run_errors(faults, place, "EIO", WRITING, 12, False)
            run_errors(faults, place, "EIO", READING, 16, False)
            run_errors(faults, place, "EINTR", "openat,read,pread64,pwrite64,write,flock,ftruncate", 8, False)
    run_growing(faults)
