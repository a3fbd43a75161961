# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time under a sync from a bucket: clocks that are wrong, step back or cross a change, a transfer that stands still, a laptop that sleeps for eight hours and
wakes in another network. Afterwards each id is held once, and a cache that is built anew is the same."""

import datetime
import glob
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zoneinfo

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import fake_aws  # noqa: E402 these lie in the folder that has just been added
import small_lake  # noqa: E402 likewise

SEED = 20261129
SLEEP_SECONDS = 8 * 3600
ZONE = "Europe/Madrid"
# UTC. Clocks go forward and back, a leap day, the turn of a year; each with the hours around it.
TURNS = ("2026-03-29T01:00", "2026-10-25T01:00", "2028-02-29T00:00", "2028-03-01T00:00", "2026-12-31T23:00")


class Clock:
    """libfaketime under a program, by a file that may change while it runs. Timers go by the clock that never steps."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "clock")
        self.library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")[0]
        self.set(0)

    def set(self, seconds):
        with open(self.path + ".new", "w", encoding="ascii") as file:
            file.write(f"{seconds:+d}")
        os.replace(self.path + ".new", self.path)

    def environment(self):
        return {"LD_PRELOAD": self.library, "FAKETIME_TIMESTAMP_FILE": self.path, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


class Case:
    """A place with a bucket of answers, and the program under a clock of its own."""

    def __init__(self, bucket, context):
        self.bucket, self.context = bucket, context

    def __enter__(self):
        self.place, self.aws = self.context.__enter__()
        self.clock = Clock(self.place.folder)
        self.place.env.update(self.clock.environment())
        return self

    def __exit__(self, *what):
        self.context.__exit__(*what)

    def examine(self, faults, what):
        fault = self.bucket.find_fault(self.place, self.aws)
        faults.check(fault is None, f"{what}: {fault or 'nothing lost, nothing doubled'}")

    def sync(self, *options):
        return self.place.run("--json", "sync", *options, timeout=180)


def wrong_clocks(faults, make):
    for seconds in (-1200, 1200, 2 * 86400, -2 * 86400):
        with make(60) as case:
            case.clock.set(seconds)
            result = case.sync()
            refused = sum(1 for _, status in case.aws.requests if status == 403)
            # The lists of the three data sets are under way together.
            faults.check(result.status == 0 and 1 <= refused <= 3, f"a clock that is off by {seconds} s: status {result.status}, {refused} refused")
            case.examine(faults, f"a clock that is off by {seconds} s")


def clock_steps_under_way(faults, make):
    """Back and forth by up to two days, every few objects."""
    chance = random.Random(SEED)
    with make(300) as case:
        def script(request, number):
            if request.operation == "GetObject" and number % 4 == 0:
                case.clock.set(chance.choice((-2 * 86400, -7200, -1200, 0, 1200, 86400)))

        case.aws.script = script
        result = case.sync()
        faults.check(result.status == 0, f"a clock that steps under way: {result.err.strip()[-200:]}")
        text = case.place.do("sync", timeout=180).err
        faults.check("-" not in text.replace("--", ""), f"no negative age or time: {text.strip()[-200:]}")
        case.clock.set(0)
        case.examine(faults, "a clock that steps under way")


def service_day(moment):
    """The day that the house counts a moment to: it ends at four in the morning of its clocks."""
    local = moment.astimezone(zoneinfo.ZoneInfo(ZONE))
    return str(local.date() - datetime.timedelta(days=local.hour < 4))


def days_that_are_odd(faults, make):
    """Answers in the hours around a change of clocks, a leap day and a turn of the year count on the day of the house's clocks."""
    rng = random.Random(SEED)
    with make(40) as case:
        expected, lines = {}, []
        for turn in TURNS:
            start = datetime.datetime.fromisoformat(turn + "+00:00")
            for minutes in range(-360, 361, 20):
                moment = start + datetime.timedelta(minutes=minutes)
                record = small_lake.make_response(rng, int(moment.timestamp() * 1000))
                expected[record["id"]] = service_day(moment)
                lines.append((moment.date(), json.dumps(record)))
        for day in sorted({day for day, _ in lines}):
            case.aws.put(f"raw/responses/dt={day}/odd.json", "".join(line + "\n" for date, line in lines if date == day).encode())
        case.clock.set(int(datetime.datetime(2028, 3, 2, tzinfo=datetime.timezone.utc).timestamp() - time.time()))
        case.aws.offset = 0
        result = case.sync()
        found = dict(case.place.query("SELECT id, service_day FROM responses"))
        wrong = {one: (found.get(one), day) for one, day in expected.items() if found.get(one) != day}
        faults.check(result.status == 0 and not wrong, f"odd days: {len(wrong)} of {len(expected)} on another day: {list(wrong.items())[:2]}")
        case.clock.set(0)
        case.examine(faults, "odd days")


def transfer_stands_still(faults, make):
    """Less than a kilobyte a second for thirty seconds is no transfer: it goes on where it stood."""
    with make(20) as case:
        data = ("\n".join(line for _, line in small_lake.make_lines(5, 2000, bad=0, twice=0)) + "\n").encode()
        case.aws.put("raw/responses/dt=2026-01-04/large.json", data)
        asked = []

        def script(request, _):
            if request.key.endswith("large.json"):
                asked.append(request.headers.get("range"))
                return fake_aws.Fault(stall=60) if len(asked) == 1 else None
            return None

        case.aws.script = script
        started = time.monotonic()
        result = case.sync()
        faults.check(result.status == 0 and asked == [None, f"bytes={len(data) // 2}-"] and time.monotonic() - started < 55,
                     f"a transfer that stands still: {asked} in {time.monotonic() - started:.0f} s")
        case.examine(faults, "a transfer that stands still")


def laptop_sleeps(faults, make):
    """In the middle of a sync: eight hours later its connections are gone, its keys have run out, and it is in another network."""
    profile = f"[profile night]\nregion = {fake_aws.REGION}\nrole_arn = arn:aws:iam::123456789012:role/night\ncredential_source = Environment\n"
    with make(600, profile=profile, per_object=5, sync={"connections": 3}) as case:
        asleep = threading.Event()

        def script(request, number):
            if request.operation == "GetObject":
                time.sleep(0.01)
                if number == 40:
                    process.send_signal(signal.SIGSTOP)
                    asleep.set()
            return None

        case.aws.script = script
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            process = case.place.start("sync", stdout=nowhere, stderr=nowhere)
            slept = asleep.wait(60)
            case.aws.drop_connections()
            case.aws.offset += SLEEP_SECONDS
            case.clock.set(SLEEP_SECONDS)
            roles = case.aws.count("AssumeRole")
            time.sleep(1)
            process.send_signal(signal.SIGCONT)
            try:
                status = process.wait(120)
            except subprocess.TimeoutExpired:
                process.kill()
                status = process.wait()
        faults.check(slept and status == 0 and case.aws.count("AssumeRole") == roles + 1,
                     f"eight hours of sleep: status {status}, {case.aws.count('AssumeRole') - roles} times new keys")
        case.examine(faults, "eight hours of sleep")


def network_changes(faults, make):
    """Every connection dies at once and nobody answers for a second, again and again."""
    with make(600, per_object=5) as case:
        until = [0.0]

        def script(request, number):
            if request.operation == "GetObject" and number % 50 == 49:
                until[0] = time.monotonic() + 0.1
                case.aws.drop_connections()
            return fake_aws.Fault(silent=True) if time.monotonic() < until[0] else None

        case.aws.script = script
        for _ in range(3):
            result = case.sync()
        faults.check(result.status == 0, f"another network: {result.err.strip()[-200:]}")
        case.examine(faults, "another network")


def run(faults):
    os.environ["TZ"] = ZONE
    os.environ["SOBRE_TEST_BINDIR"] = os.path.join(faults.root, "bin")
    import bucket  # pylint: disable=import-outside-toplevel # it looks for the program when it is loaded

    def make(*arguments, **more):
        return Case(bucket, bucket.place_with_bucket(*arguments, **more))

    for case in (wrong_clocks, clock_steps_under_way, days_that_are_odd, transfer_stands_still, laptop_sleeps, network_changes):
        case(faults, make)
