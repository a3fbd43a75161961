#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the program against its peers, both in the same run.

usage: run.py TOP CACHE [--scale N] [--keep] [NAME…]

Each tests/bench/bench_<name>.py has one function, run(bench), which calls bench.figure(…) once a figure. The peers live in a Python
environment below CACHE, made once. What cannot be had is said loudly and leaves its figures out. The exit status tells
whether the measuring worked, not whether the goals were met: a busy machine is no bug.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PEERS = ["duckdb==2.0.0"]


class Bench:
    """What a bench module works with."""

    def __init__(self, top, cache, options):
        self.top = top
        self.cache = cache
        self.scale = options.scale
        self.build = os.path.join(top, "_build", "release")
        self.root = os.path.join(top, "_build", "release-root")
        self.scratch = tempfile.mkdtemp(prefix="sobremesa-bench-", dir=os.environ.get("SOBREMESA_BENCH_DIR"))
        self.rows = []
        self.tried = set()

    def peer_environment(self, *requirements):
        """The folder with the programs of a Python environment that has the requirements, made once; None where it cannot be made."""
        folder = os.path.join(self.cache, "peers-" + "-".join(requirements).replace("==", "-"))
        mark = os.path.join(folder, ".complete")
        if folder not in self.tried and not os.path.exists(mark):
            print(f"# making a Python environment with {' '.join(requirements)} (once)", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
            python = os.path.join(folder, "bin", "python")
            made = subprocess.run([sys.executable, "-m", "venv", folder], check=False).returncode == 0
            made = made and subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=False).returncode == 0
            if made:
                open(mark, "w", encoding="utf-8").close()
        self.tried.add(folder)
        if os.path.exists(mark):
            return os.path.join(folder, "bin")
        print(f"# NOT MEASURED against {' '.join(requirements)}: it could not be installed", flush=True)
        return None

    def peers(self):
        """The Python that has DuckDB, or None."""
        folder = self.peer_environment(*PEERS)
        return os.path.join(folder, "python") if folder else None

    def lake(self, scale=1, events=0, orders=0, even=0):
        """The generated lake of `scale` million answers, made once and kept below the cache folder for as long as it would be made alike. even: in so many
        objects of the same size."""
        generator = os.path.join(self.build, "tests", "bench", "sobremesa-bench-lake")
        more = ["--events", str(events), "--orders", str(orders)] if events or orders else []
        more += ["--even", str(even)] if even else []
        name = "bench-lake-" + "-".join(map(str, [scale, events, orders] if events or orders else [scale])) + (f"-even-{even}" if even else "")
        folder = os.path.join(self.cache, f"{name}-{self.stamp(generator)}")
        if not os.path.exists(os.path.join(folder, ".complete")):
            for old in os.listdir(self.cache):
                if old.rpartition("-")[0] == name:
                    shutil.rmtree(os.path.join(self.cache, old), ignore_errors=True)
            print(f"# making a lake of {scale} million answers, {events} events and {orders} order lines (once)", flush=True)
            subprocess.run([generator, "--scale", str(scale), "--output", folder, *more], check=True, stdout=subprocess.DEVNULL)
            open(os.path.join(folder, ".complete"), "w", encoding="utf-8").close()
        return folder

    def stamp(self, generator):
        """What the generator makes of a small lake, as a hash: a new build that makes the same lines needs no new lake."""
        digest = hashlib.sha256()
        with tempfile.TemporaryDirectory(dir=self.scratch) as small:
            subprocess.run([generator, "--scale", "0.001", "--events", "500", "--orders", "500", "--output", small], check=True,
                           stdout=subprocess.DEVNULL)
            for place, folders, files in os.walk(small):
                folders.sort()
                for name in sorted(files):
                    with open(os.path.join(place, name), "rb") as file:
                        digest.update(name.encode() + file.read())
        return digest.hexdigest()[:12]

    def program(self, name):
        for folder in (f"{self.root}/bin", f"{self.root}/libexec/sobremesa", f"{self.build}/tests/bench", f"{self.build}/tests/lib"):
            if os.access(f"{folder}/{name}", os.X_OK):
                return f"{folder}/{name}"
        raise FileNotFoundError(name)

    @staticmethod
    def measure(command, env=None, **more):
        """Runs a command: (seconds, peak resident bytes, stdout)."""
        with tempfile.TemporaryFile("w+") as output:
            started = time.monotonic()
            process = subprocess.Popen(command, env=env, stdout=output, **more)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            if process.returncode != 0:
                raise RuntimeError(f"{command[0]} ended with {process.returncode}")
            return seconds, usage.ru_maxrss * 1024, output.read()

    @staticmethod
    def median(function, times=5):
        return statistics.median(function() for _ in range(times))

    def figure(self, name, ours, unit, goal, peer=None, better="less"):
        """One figure. With a peer, the goal is for the ratio ours / peer; without, for ours."""
        value = ours / peer if peer else ours
        met = value <= goal if better == "less" else value >= goal
        self.rows.append((name, f"{ours:.4g} {unit}", f"{peer:.4g} {unit}" if peer else "", f"{value:.3f}" if peer else "",
                          f"{'≤' if better == 'less' else '≥'} {goal:g}", "yes" if met else "NO"))
        print("  " + " · ".join(cell for cell in self.rows[-1] if cell), flush=True)

    def note(self, name, value, unit):
        """A figure that has no goal and is printed for the reader."""
        self.rows.append((name, f"{value:.4g} {unit}", "", "", "", ""))
        print(f"  {name} · {value:.4g} {unit}", flush=True)

    def table(self):
        head = ("figure", "ours", "peer", "ratio", "goal", "met")
        widths = [max(len(row[column]) for row in [head, *self.rows]) for column in range(len(head))]
        for row in [head, *self.rows]:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def modules(folder, names):
    for entry in sorted(os.listdir(folder)):
        name = entry.removeprefix("bench_").removesuffix(".py")
        if entry.startswith("bench_") and entry.endswith(".py") and (not names or name in names):
            spec = importlib.util.spec_from_file_location(name, os.path.join(folder, entry))
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            yield name, module


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("top")
    parser.add_argument("cache")
    parser.add_argument("--scale", type=int, default=1, help="millions of answers")
    parser.add_argument("--keep", action="store_true", help="keep the scratch folder")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    bench = Bench(options.top, options.cache, options)
    broken = 0
    try:
        for name, module in modules(os.path.dirname(os.path.abspath(__file__)), options.names):
            print(f"# {name}: {module.__doc__.splitlines()[0]}", flush=True)
            try:
                module.run(bench)
            except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                broken += 1
                print(f"# {name} broke: {str(error)[:400]}", flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(bench.scratch, ignore_errors=True)
    bench.table()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
