# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rolling the spool and forgetting a record, killed at their system calls and with a full or broken disk.

Whatever happens, no record that was there is in neither lake nor spool; and one more run, unharmed, ends the work: nothing half-made
is left, and what was to be forgotten is nowhere.
"""

import glob
import gzip
import json
import os
import random
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import small_lake  # noqa: E402 (the path to it is made just above)

FIRST_TIME = 1767225600000  # 2026-01-01
SEGMENTS = 4
OBJECTS = 2
RECORDS = 30
CALLS = "openat,mkdirat,read,pread64,write,fsync,renameat,renameat2,unlinkat,close,getdents64"
CHANGING_CALLS = ("openat", "mkdirat", "write", "fsync", "renameat", "renameat2", "unlinkat")


class LakeFaults:
    def __init__(self, faults):
        self.faults = faults
        self.tool = faults.program("lake-tool")
        self.home = faults.folder("lake-home")
        self.env = faults.environment(self.home)
        self.master = os.path.join(self.home, "master")
        self.root = os.path.join(self.home, "workspace")
        self.spool = os.path.join(self.root, ".sobremesa", "spool")
        self.fired = 0
        self.make_master()

    def make_master(self):
        """Closed segments in the spool, and two objects in the lake that are there already."""
        rng = random.Random(5)
        parts = [[small_lake.make_response(rng, FIRST_TIME + part * 1000000 + n * 1000) for n in range(RECORDS)]
                 for part in range(SEGMENTS + OBJECTS)]
        self.ids = {line["id"] for lines in parts for line in lines}
        # The one to forget is in a segment and in an object.
        self.forgotten = parts[0][3]["id"]
        parts[SEGMENTS].append(parts[0][3])
        for part, lines in enumerate(parts):
            text = "".join(json.dumps(line) + "\n" for line in lines).encode()
            name = small_lake.make_id(rng, FIRST_TIME + part)
            if part < SEGMENTS:
                path, data = f".sobremesa/spool/responses/dt=2026-01-0{1 + part % 2}/{name}.closed.jsonl", text
            else:
                path, data = f"lake/raw/responses/dt=2026-01-01/{name}.json.gz", gzip.compress(text)
            path = os.path.join(self.master, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)

    def restore(self):
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.master, self.root)

    def command(self, operation):
        more = [os.path.join(self.root, ".sobremesa"), self.forgotten] if operation == "forget" else []
        return [self.tool, operation, self.spool, os.path.join(self.root, "lake"), *more]

    def files(self, pattern):
        return glob.glob(os.path.join(self.root, pattern), recursive=True, include_hidden=True)

    def held(self):
        """The ids that whole lines of the lake and the spool hold."""
        ids = []
        for path in self.files("lake/raw/*/dt=*/*.json.gz"):
            if not os.path.basename(path).startswith("."):
                with gzip.open(path) as file:
                    ids += [json.loads(line)["id"] for line in file]
        for path in self.files(".sobremesa/spool/*/dt=*/*.jsonl"):
            with open(path, "rb") as file:
                ids += [json.loads(line)["id"] for line in file]
        return ids

    def examine(self, operation, what):
        """The invariant at once, and after one run that nothing disturbs."""
        spared = {self.forgotten} if operation == "forget" else set()
        lost = self.ids - spared - set(self.held())
        status, _, errors = self.faults.run(self.command(operation), self.env)
        after = self.held()
        half_made = self.files("**/.*.new")
        closed = self.files(".sobremesa/spool/*/dt=*/*.closed.jsonl")
        good = not lost and status == 0 and set(after) == self.ids - spared and not half_made
        good = good and (operation == "forget" or (not closed and len(after) == len(self.ids) + 1))
        self.faults.check(good, f"{operation}, {what}: lost {len(lost)}, then status {status} {errors.strip()[-200:]}, half-made {half_made}, "
                                f"missing {len(self.ids - spared - set(after))}, left {len(closed)}")

    def kill(self, operation):
        for call in CALLS.split(","):
            for nth in range(1, 400):
                self.restore()
                status, _, _ = self.faults.run(self.faults.kill_command(self.command(operation), nth, call), self.env)
                if not self.faults.was_killed(status):
                    break
                self.fired += 1
                self.examine(operation, f"killed at {call} {nth}")

    def fail(self, operation, error):
        for call in CHANGING_CALLS:
            for onward in (True, False):
                for nth in range(1, 60):
                    self.restore()
                    status, _, _ = self.faults.run(self.faults.error_command(self.command(operation), nth, error, call, onward), self.env)
                    if status == 0:
                        break
                    self.examine(operation, f"{error} at {call} {nth}{' and on' if onward else ''}")


def run(faults):
    lake = LakeFaults(faults)
    for operation in ("roll", "forget"):
        lake.kill(operation)
        for error in ("ENOSPC", "EIO"):
            lake.fail(operation, error)
    faults.check(lake.fired >= min(faults.points, 300), f"{lake.fired} kill points fired")
