# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing a till's orders, killed at its system calls and refused by the disk.

Every object that the lake shows is whole and holds rows of the file, none of them twice; and one more run ends the work: each row is in
the lake once, and nothing half-made is left.
"""

import glob
import gzip
import json
import os
import random
import shutil

CALLS = "openat,read,write,pwrite64,fsync,fdatasync,flock,ftruncate,renameat,renameat2,linkat,?unlink,unlinkat,?mkdir,mkdirat,close"
CHANGING = "openat,write,pwrite64,fsync,fdatasync,ftruncate,renameat,renameat2,linkat,?mkdir,mkdirat"
DAYS, ROWS = 3, 400
MOST_POINTS = 60  # each costs three runs of the program


def write_till(path):
    dice = random.Random(8)
    with open(path, "w", encoding="utf-8") as file:
        file.write("order,time,table,item,quantity,amount\n")
        for number in range(ROWS):
            moment = 1764000000 + number % DAYS * 86400 + number * 60
            file.write(f"{number},{moment},{dice.randrange(1, 15)},Dish {dice.randrange(40)},{dice.randrange(1, 4)},{dice.randrange(999)}\n")


class ImportFaults:
    """A workspace without orders, and the file that they come from."""

    def __init__(self, faults):
        self.faults = faults
        self.home = faults.folder("import")
        self.env = faults.environment(self.home)
        self.workspace = os.path.join(self.home, "workspace")
        self.master = os.path.join(self.home, "master")
        self.fired = 0
        till = os.path.join(self.home, "till.csv")
        write_till(till)
        program = [faults.program("sobremesa"), "--quiet", "--workspace", self.workspace]
        self.command = [*program, "lake", "import", till]
        self.must([*program, "init"])
        shutil.copytree(self.workspace, self.master)
        self.must(self.command)
        self.expected = sorted(self.held())
        assert len(self.expected) == ROWS, f"{len(self.expected)} of {ROWS} rows are in the lake"
        self.paths = self.find_paths()

    def must(self, command):
        status, _, errors = self.faults.run(command, self.env)
        if status != 0:
            raise AssertionError(f"{command} ended with {status}: {errors.strip()[-300:]}")

    def find_paths(self):
        """What the import makes, each file also under the name that it has while it is written, and the folders that it makes them in."""
        paths = set()
        for folder, _, names in os.walk(self.workspace):
            for name in names:
                if not os.path.exists(os.path.join(self.master, os.path.relpath(folder, self.workspace), name)):
                    paths |= {folder, os.path.join(folder, name), os.path.join(folder, f".{name}.new")}
        return sorted(paths)

    def restore(self):
        shutil.rmtree(self.workspace)
        shutil.copytree(self.master, self.workspace)

    def files(self):
        return glob.glob(os.path.join(self.workspace, "lake", "**", "*"), recursive=True, include_hidden=True)

    def held(self):
        """The ids in the objects that a reader of the lake sees; fails where one is not whole."""
        ids = []
        for path in self.files():
            if path.endswith(".json.gz") and not os.path.basename(path).startswith("."):
                with gzip.open(path) as file:
                    ids += [json.loads(line)["id"] for line in file]
        return ids

    def examine(self, what):
        """The invariant at once, and after one run that nothing disturbs."""
        try:
            at_once = self.held()
            status, _, errors = self.faults.run(self.command, self.env)
            after = self.held()
        except (OSError, EOFError, ValueError, KeyError) as error:
            self.faults.check(False, f"{what}: {error!r}")
            return
        half_made = [path for path in self.files() if os.path.isfile(path) and os.path.basename(path).startswith(".")]
        good = len(set(at_once)) == len(at_once) and set(at_once) <= set(self.expected)
        good = good and status == 0 and sorted(after) == self.expected and not half_made
        self.faults.check(good, f"{what}: {len(at_once)} rows, {len(set(at_once))} different; then {status} {errors.strip()[-200:]},"
                                f" {len(after)} rows, half-made {half_made}")

    def kill(self, points):
        self.restore()
        counts = self.faults.count_calls(self.command, self.env, CALLS, self.paths)
        for call, nth in self.faults.spread(counts, points):
            self.restore()
            status, _, _ = self.faults.run(self.faults.kill_command(self.command, nth, call, self.paths), self.env)
            if self.faults.was_killed(status):
                self.fired += 1
                self.examine(f"killed at {call} {nth}")
        print(f"# {self.fired} kill points fired at {counts}", flush=True)

    def fail(self, error, points):
        """The disk fails once, or from then on. What could not be done is told, and not by a crash."""
        self.restore()
        counts = self.faults.count_calls(self.command, self.env, CHANGING, self.paths)
        for onward in (True, False):
            for call, nth in self.faults.spread(counts, points, 1):
                self.restore()
                status, _, errors = self.faults.run(self.faults.error_command(self.command, nth, error, call, onward, self.paths), self.env)
                what = f"{error} at {call} {nth}{' and on' if onward else ''}"
                told = status == 0 or "sobremesa: " in errors
                self.faults.check(status in (0, 1) and told, f"{what}: ends with {status}: {errors.strip()[-200:]}")
                self.examine(f"{what}, ended with {status}")


def run(faults):
    imports = ImportFaults(faults)
    points = min(faults.points, MOST_POINTS)
    imports.kill(points)
    for error in ("ENOSPC", "EIO"):
        imports.fail(error, max(points // 6, 4))
    faults.check(imports.fired >= 10, f"{imports.fired} kill points fired")
