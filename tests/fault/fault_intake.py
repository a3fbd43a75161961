# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intake killed at its system calls and refused by its disk, under load: whatever was acknowledged is stored, and it starts again."""

import concurrent.futures
import http.client
import json
import os
import random
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import intake_process  # noqa: E402 its folder has just been added

# Each with how many kill points of every hundred lie there, and the last of its calls that a short run surely makes in one thread.
CALLS = {"write": (16, 60), "fdatasync": (20, 24), "fsync": (8, 10), "openat": (6, 8), "renameat": (7, 5), "close": (8, 30),
         "sendto": (10, 25), "recvfrom": (10, 25), "accept4": (3, 4), "ftruncate": (2, 1), "mkdirat": (2, 2), "ppoll": (3, 30),
         "futex": (3, 8), "unlinkat": (0, 1), "mmap": (2, 12)}
GUESTS, SEGMENT, THREADS = 4, 4000, 2


class Load:
    """Guests that post answers for so long, or until intake is gone; each now and then sends its last answer again."""

    def __init__(self, running, seconds):
        self.running, self.port, self.until = running, running.port, time.monotonic() + seconds
        self.acknowledged, self.sent, self.statuses = {}, {}, []
        self.threads = [threading.Thread(target=self.guest, args=(number,)) for number in range(GUESTS)]
        for thread in self.threads:
            thread.start()

    def guest(self, number):
        connection, again = None, None
        while time.monotonic() < self.until and self.running.alive():
            body = again or intake_process.make_response(comment=f"guest {number} at {time.monotonic_ns()}")
            again = body if again is None and random.random() < 0.2 else None
            self.sent[body["id"]] = body
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=10, source_address=(f"127.0.0.{number + 1}", 0))
                connection.request("POST", "/v1/responses", json.dumps(body), {"Content-Type": "application/json"})
                reply = connection.getresponse()
                reply.read()
                self.statuses.append(reply.status)
                if reply.status in (200, 201):
                    self.acknowledged[body["id"]] = body
            except (OSError, http.client.HTTPException):
                connection = None
                time.sleep(0.02)

    def join(self):
        for thread in self.threads:
            thread.join()


class House:
    """One spool through many kills, and everything that was acknowledged into it."""

    def __init__(self, faults, name):
        self.folder = faults.folder(name)
        self.site, self.form = intake_process.sample_site(faults.root)
        self.program = faults.program("sobremesa-intake")
        self.acknowledged = {}

    def intake(self, wrapper=(), env=None):
        running = intake_process.Intake(self.program, self.folder, self.site, self.form, wrapper=wrapper, env=env or {}, quiet=True)
        running.more = ["--segment-bytes", str(SEGMENT)]
        return running

    def lines(self):
        """Every line of the spool, whatever is in it."""
        for folder, _, names in os.walk(os.path.join(self.folder, "spool")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    yield from file.read().split(b"\n")

    def find_loss(self):
        """What is wrong with the spool, None when nothing is."""
        with self.intake() as running:
            begun = time.monotonic()
            first = running.start()
            if not first or first.get("state") != "listening":
                return f"it does not start again: {first}"
            if time.monotonic() - begun > 2:
                return "it took more than 2 s to start again"
            for body in random.sample(list(self.acknowledged.values()), min(2, len(self.acknowledged))):
                if running.post(body)[0] != 200:
                    return "an acknowledged answer is not known after the start"
            if running.post(intake_process.make_response())[0] != 201:
                return "it takes no answers after the start"
            if running.stop() != 0:
                return "it does not stop cleanly"
            try:
                stored = {record["id"]: record for record in running.stored()}
            except ValueError as error:
                return f"a torn line was kept: {error}"
        for identifier, body in self.acknowledged.items():
            if stored.get(identifier, {}).get("comment") != body["comment"]:
                return f"{identifier} was acknowledged and is not stored"
        return None


def wrap(faults, injection, calls):
    """strace with one injection of its own."""
    command = faults.kill_command([], 1, calls)
    place = next(index for index, word in enumerate(command) if word.startswith("inject="))
    command[place] = f"inject={calls}:{injection}"
    return command


def one_run(house, wrapper, seconds=0.6, env=None):
    """Starts, loads, stops: (exit status, the load or None when it never listened)."""
    with house.intake(wrapper, env) as running:
        first = running.start(wait=20)
        load = None
        if first and first.get("state") == "listening":
            load = Load(running, seconds)
            load.join()
            house.acknowledged.update(load.acknowledged)
        if running.alive():
            try:
                os.kill(running.real_pid(), signal.SIGTERM)
            except (OSError, IndexError):
                pass
        try:
            status = running.process.wait(20)
        except Exception:
            running.process.kill()
            status = running.process.wait()
        return status, load


def kill_points(faults):
    """The planned points, spread over the calls, then more of them at random for those that did not fire."""
    for call, (share, last) in CALLS.items():
        for index in range(faults.points * share // 100):
            yield call, 1 + index % last
    while True:
        call = random.choice([name for name, (share, _) in CALLS.items() if share > 4])
        yield call, random.randint(1, CALLS[call][1])


class Kills:
    """Takes points from one plan, a house to each thread, until enough have fired."""

    def __init__(self, faults):
        self.faults, self.plan = faults, kill_points(faults)
        self.lock = threading.Lock()
        self.fired, self.tried, self.by_call = 0, 0, {}

    def next_point(self):
        with self.lock:
            if self.fired >= self.faults.points or self.tried >= self.faults.points * 3:
                return None
            self.tried += 1
            return next(self.plan)

    def work(self, name):
        house, turns = None, 0
        while point := self.next_point():
            if turns % 25 == 0:
                house = House(self.faults, name)
            turns += 1
            call, nth = point
            status, _ = one_run(house, wrap(self.faults, f"signal=KILL:when={nth}", call))
            if not self.faults.was_killed(status):
                continue
            loss = house.find_loss()
            with self.lock:
                self.fired += 1
                self.by_call[call] = self.by_call.get(call, 0) + 1
                self.faults.check(loss is None, f"killed at {call} {nth}: {loss or 'nothing lost'}")


def run_kills(faults):
    kills = Kills(faults)
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(kills.work, f"intake-kill-{number}") for number in range(THREADS)]:
            done.result()
    print("# " + ", ".join(f"{call} {count}" for call, count in sorted(kills.by_call.items())), flush=True)
    faults.check(kills.fired >= faults.points, f"{kills.fired} kill points fired of {kills.tried} tried")


def run_errors(faults):
    """The disk refuses: nothing false is said, and it goes on by itself."""
    for call, error in [("fdatasync", "EIO"), ("fdatasync", "ENOSPC"), ("openat", "ENOSPC"), ("openat", "EIO"), ("write", "ENOSPC"),
                        ("write", "EIO"), ("renameat", "EIO"), ("fsync", "EIO"), ("mkdirat", "ENOSPC"), ("write", "EINTR")]:
        for nth in (2, 3, 5, 8, 12, 20):
            house = House(faults, "intake-error")
            status, load = one_run(house, wrap(faults, f"error={error}:when={nth}", call))
            if load is None:
                # A refused write may be the one that wakes the main loop: then it hears of nothing until it is told to end.
                faults.check(status in (0, 1, 2), f"{call} {nth} {error}: it did not listen and ended with {status}")
                continue
            odd = set(load.statuses) - {200, 201, 503}
            faults.check(not odd and status == 0, f"{call} {nth} {error}: ended with {status}, other statuses {odd or 'none'}")
            faults.check(len(load.statuses) > 3 and load.statuses[-1] in (200, 201), f"{call} {nth} {error}: it goes on by itself")
            loss = house.find_loss()
            faults.check(loss is None, f"{call} {nth} {error}: {loss or 'nothing lost'}")


def run_full_disk(faults):
    """From some call on everything fails: every answer is refused with 503, and after a start on a good disk nothing is lost."""
    for call, error, nth in [("fdatasync", "EIO", 6), ("fdatasync", "ENOSPC", 2), ("openat", "ENOSPC", 60), ("fdatasync", "ENOSPC", 15)]:
        house = House(faults, "intake-full")
        status, load = one_run(house, wrap(faults, f"error={error}:when={nth}+", call), 0.8)
        if load is not None:
            faults.check(set(load.statuses) <= {200, 201, 503}, f"{call} {nth}+ {error}: only 201, 200 and 503 are said")
        # One that could not start may be told to end before it listens to that.
        ended = status in (0, 1) or (load is None and status == -signal.SIGTERM)
        faults.check(ended, f"{call} {nth}+ {error}: it ended with {status}")
        loss = house.find_loss()
        faults.check(loss is None, f"{call} {nth}+ {error}: {loss or 'nothing lost'}")


def run_short(faults):
    """Every write does half of what it is asked for: nobody notices."""
    house = House(faults, "intake-short")
    status, load = one_run(house, (), env={"LD_PRELOAD": faults.module("faulty-libc"), "FAULTY_SHORT": "1"})
    good = status == 0 and load is not None and len(load.statuses) > 3 and set(load.statuses) <= {200, 201}
    faults.check(good, f"short reads and writes: ended with {status}, statuses {set(load.statuses) if load else 'none'}")
    loss = house.find_loss()
    faults.check(loss is None, f"short reads and writes: {loss or 'nothing lost'}")


def run(faults):
    random.seed(20261124)
    run_errors(faults)
    run_full_disk(faults)
    run_short(faults)
    run_kills(faults)
