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
        self.peer_python = None

    def peers(self):
        """The Python that has DuckDB, or None."""
        folder = os.path.join(self.cache, "peers-" + PEERS[0].replace("==", "-"))
        python = os.path.join(folder, "bin", "python")
        if self.peer_python is None and not os.path.exists(os.path.join(folder, ".complete")):
            print("# making the peers' Python environment (once)", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
            made = subprocess.run([sys.executable, "-m", "venv", folder], check=False).returncode == 0
            made = made and subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=False).returncode == 0
            if made:
                open(os.path.join(folder, ".complete"), "w", encoding="utf-8").close()
        self.peer_python = python if os.path.exists(os.path.join(folder, ".complete")) else ""
        if not self.peer_python:
            print("# NOT MEASURED against DuckDB: it could not be installed", flush=True)
        return self.peer_python or None

    def lake(self, scale=1):
        """The generated lake of `scale` million answers, made once and kept below the cache folder."""
        generator = os.path.join(self.build, "tests", "bench", "sobremesa-bench-lake")
        stamp = int(os.stat(generator).st_mtime)
        folder = os.path.join(self.cache, f"bench-lake-{scale}-{stamp}")
        if not os.path.exists(os.path.join(folder, ".complete")):
            for old in os.listdir(self.cache):
                if old.startswith(f"bench-lake-{scale}-"):
                    shutil.rmtree(os.path.join(self.cache, old), ignore_errors=True)
            print(f"# making a lake of {scale} million answers (once)", flush=True)
            subprocess.run([generator, "--scale", str(scale), "--output", folder], check=True, stdout=subprocess.DEVNULL)
            open(os.path.join(folder, ".complete"), "w", encoding="utf-8").close()
        return folder

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
                print(f"# {name} broke: {error}", flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(bench.scratch, ignore_errors=True)
    bench.table()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
