#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the programs while they work, and looks at what is left.

usage: run.py TOP [--points N] [NAME…]

Each tests/fault/fault_<name>.py has one function, run(faults), which calls faults.check(…) once a point. A kill point counts only when
the program died of that very signal: a point that was never reached proves nothing, so it is neither passed nor failed. The last line is
"N passed, N failed".
"""

import argparse
import collections
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

# What changes the world or learns of it; the points lie at these calls.
SYSTEM_CALLS = "openat,pwrite64,write,writev,fdatasync,fsync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mmap,sendto,sendmsg,recvfrom,recvmsg,close"
WRITING_CALLS = "pwrite64,write,writev,fallocate,ftruncate"
TRACED_CALL = re.compile(r"^(\d+) +(\w+)\(")


class Faults:
    """What a fault module works with."""

    def __init__(self, top, points):
        self.top = top
        self.points = points
        self.root = os.path.join(top, "_build", "release-root")
        self.build = os.path.join(top, "_build", "release")
        self.passed = self.failed = 0
        self.scratch = tempfile.mkdtemp(prefix="sobremesa-fault-")

    def folder(self, name):
        """A fresh folder below the scratch folder."""
        path = os.path.join(self.scratch, name)
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
        return path

    def environment(self, home, **more):
        """A private environment whose home, cache and data lie below `home`."""
        kept = {name: os.environ[name] for name in ("PATH", "LC_ALL", "LANG") if name in os.environ}
        return {**kept, "HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "XDG_DATA_HOME": f"{home}/data", "XDG_RUNTIME_DIR": home,
                "TMPDIR": home, "GSETTINGS_BACKEND": "memory", **more}

    def program(self, name):
        """The installed program, or one that only the build folder has."""
        for folder in (f"{self.root}/bin", f"{self.root}/libexec/sobremesa", f"{self.build}/tests/fault", f"{self.build}/tests/lib"):
            if os.access(f"{folder}/{name}", os.X_OK):
                return f"{folder}/{name}"
        raise FileNotFoundError(name)

    @staticmethod
    def strace(command, calls, paths, *options, output="/dev/null"):
        """The command under strace. With paths only calls that name one of them, or a descriptor of one of them, are seen at all."""
        places = [word for path in paths for word in ("-P", path)]
        return ["strace", "-f", "-qq", "-o", output, *places, "-e", "signal=none", "-e", f"trace={calls}", *options, *command]

    @classmethod
    def kill_command(cls, command, nth, calls=SYSTEM_CALLS, paths=()):
        """The command under strace, which kills it at the nth of the calls, counted for each thread and call."""
        return cls.strace(command, calls, paths, "-e", f"inject={calls}:signal=KILL:when={nth}")

    @classmethod
    def error_command(cls, command, nth, error, calls=WRITING_CALLS, onward=True, paths=()):
        """The command under strace, which lets the nth of the calls (and all later ones) fail with the error."""
        when = f"{nth}+" if onward else str(nth)
        return cls.strace(command, calls, paths, "-e", f"inject={calls}:error={error}:when={when}")

    def count_calls(self, command, env, calls, paths=()):
        """Runs the command and counts: by call, the most that one of its threads made."""
        log = os.path.join(self.scratch, "calls")
        status, _, errors = self.run(self.strace(command, calls, paths, output=log), env)
        if status != 0:
            raise RuntimeError(f"{command} ended with {status}: {errors}")
        threads = collections.Counter()
        with open(log, encoding="utf-8", errors="replace") as file:
            threads.update(match.groups() for match in map(TRACED_CALL.match, file) if match)
        counts = collections.Counter()
        for (_, call), count in threads.items():
            counts[call] = max(counts[call], count)
        return dict(counts)

    @staticmethod
    def spread(counts, points, least=3):
        """About that many (call, nth), evenly over what count_calls() found; each call has a few."""
        total = sum(counts.values())
        for call, count in sorted(counts.items()):
            wanted = min(count, max(least, round(points * count / total)))
            for index in range(wanted):
                yield call, 1 + index * (count - 1) // max(wanted - 1, 1)

    @staticmethod
    def was_killed(status):
        """strace dies of the signal that its child died of."""
        return status in (-9, 137)

    def module(self, name):
        """A shared object of the build, to be preloaded."""
        return f"{self.build}/tests/fault/{name}.so"

    def run(self, command, env, timeout=60, **more):
        """Runs it to its end: (status, stdout, stderr)."""
        done = subprocess.run(command, env=env, timeout=timeout, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              stdin=more.pop("stdin", subprocess.DEVNULL), **more)
        return done.returncode, done.stdout, done.stderr

    def check(self, good, what):
        """One case."""
        if good:
            self.passed += 1
        else:
            self.failed += 1
        if not good or self.passed % 50 == 0:
            print(f"{'ok' if good else 'not ok'} {self.passed + self.failed} - {what}", flush=True)


def modules(folder, names):
    for entry in sorted(os.listdir(folder)):
        name = entry.removeprefix("fault_").removesuffix(".py")
        if entry.startswith("fault_") and entry.endswith(".py") and (not names or name in names):
            spec = importlib.util.spec_from_file_location(name, os.path.join(folder, entry))
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            yield name, module


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("top")
    parser.add_argument("--points", type=int, default=300, help="kill points that have to fire, for each program")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    faults = Faults(options.top, options.points)
    try:
        for name, module in modules(os.path.dirname(os.path.abspath(__file__)), options.names):
            started, before = time.monotonic(), (faults.passed, faults.failed)
            print(f"# {name}: {module.__doc__.splitlines()[0]}", flush=True)
            module.run(faults)
            print(f"# {name}: {faults.passed - before[0]} passed, {faults.failed - before[1]} failed in {time.monotonic() - started:.0f} s",
                  flush=True)
    finally:
        shutil.rmtree(faults.scratch, ignore_errors=True)
    print(f"{faults.passed} passed, {faults.failed} failed")
    return 1 if faults.failed or not faults.passed else 0


if __name__ == "__main__":
    sys.exit(main())
