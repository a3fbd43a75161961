# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync killed at its system calls, with a full disk and with broken I/O: no row is lost or doubled, and the figures are a rebuild's.

After every fault the program runs once more, unharmed. Then the cache has to hold exactly the distinct ids of lake ∪ spool (counted
here, from the files), and its hash has to be that of a cache that never met a fault.
"""

import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import small_lake  # noqa: E402 (the path to it is made just above)

ANSWERS = 1500


class SyncFaults:
    def __init__(self, faults):
        self.faults = faults
        self.sobremesa = faults.program("sobremesa")
        self.probe = faults.program("cache-probe")
        self.home = faults.folder("sync-home")
        self.workspace = os.path.join(self.home, "workspace")
        self.env = faults.environment(self.home, SOBREMESA_WORKSPACE=self.workspace)
        self.expect(self.sobremesa, "init", self.workspace)
        small_lake.write_lake(self.workspace, 1, ANSWERS)
        self.ids = small_lake.distinct_ids(self.workspace)
        self.expect(self.sobremesa, "sync")
        self.hash = self.look()["hash"]

    def expect(self, *command):
        status, output, errors = self.faults.run(command, self.env)
        if status != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {status}: {errors}")
        return output

    def look(self):
        return json.loads(self.expect(self.probe, self.workspace))

    def forget_cache(self):
        shutil.rmtree(os.path.join(self.home, "cache"), ignore_errors=True)

    def recovers(self, what):
        """The invariant, after one clean run."""
        status, _, errors = self.faults.run((self.sobremesa, "sync"), self.env)
        seen = self.look() if status == 0 else {}
        good = status == 0 and seen["rows"] == len(self.ids) and seen["hash"] == self.hash and seen["check"] == "ok"
        self.faults.check(good, f"{what}: status {status}, {seen or errors.strip()[-200:]}, expected {len(self.ids)} rows, {self.hash}")

    def kill(self):
        """Kill points at each thread's nth call, n = 1, 2, …, first into an empty cache, then where a half is there already."""
        fired, nth, misses = 0, 1, 0
        while fired < self.faults.points and misses < 3:
            self.forget_cache()
            status, _, _ = self.faults.run(self.faults.kill_command((self.sobremesa, "sync"), nth), self.env)
            if self.faults.was_killed(status):
                fired, misses = fired + 1, 0
                self.recovers(f"killed at call {nth}")
            else:
                misses += 1
            nth += 1 if nth < 60 else 1 + nth // 100
        fired += self.kill_single_calls(self.faults.points - fired)
        self.faults.check(fired >= self.faults.points, f"{fired} of {self.faults.points} kill points fired")

    def kill_single_calls(self, wanted):
        """The same for one call at a time: a set of calls dies at its most frequent one, which hides the rare ones."""
        fired = 0
        for call in ("pwrite64", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "openat", "mmap", "close", "write"):
            for nth in range(1, 200):
                if fired >= wanted:
                    return fired
                self.forget_cache()
                status, _, _ = self.faults.run(self.faults.kill_command((self.sobremesa, "sync"), nth, call), self.env)
                if not self.faults.was_killed(status):
                    break
                fired += 1
                self.recovers(f"killed at {call} {nth}")
        return fired

    def errors(self, error, points):
        """From its nth write on, everything fails; the program says so, ends with 1 and harms nothing."""
        reached = 0
        for nth in points:
            self.forget_cache()
            command = self.faults.error_command((self.sobremesa, "sync"), nth, error, "pwrite64,ftruncate,fallocate,fdatasync,fsync")
            status, _, message = self.faults.run(command, self.env)
            if status == 0:
                continue
            reached += 1
            self.faults.check(status == 1 and message.strip() != "", f"{error} from call {nth}: status {status}, {message.strip()[-120:]}")
            self.recovers(f"{error} from call {nth}")
        self.faults.check(reached > 0, f"{error}: {reached} points were reached")


def run(faults):
    sync = SyncFaults(faults)
    sync.kill()
    sync.errors("ENOSPC", range(1, 120, 3))
    sync.errors("EIO", range(1, 120, 5))
