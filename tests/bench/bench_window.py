#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window with a million answers cached: from exec until the Overview's figures are painted, and what it holds in memory then."""

import json
import os
import statistics
import subprocess
import sys
import time

import bench_sync

TIMES = 5
SECONDS_TO_SETTLE = 2


def pss(pid):
    """The process's proportional share of memory, bytes."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    raise RuntimeError("the kernel tells no Pss")


def start(window, workspace):
    """One start of the window: (seconds until figures are painted, Pss a little later)."""
    environment = {**os.environ, "G_MESSAGES_DEBUG": "sobremesa"}
    started = time.monotonic()
    with subprocess.Popen([window, "--workspace", workspace], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout:
                if "figures painted" in line:
                    seconds = time.monotonic() - started
                    time.sleep(SECONDS_TO_SETTLE)
                    return seconds, pss(process.pid)
        finally:
            process.terminate()
    raise RuntimeError("the window ended before it painted figures")


def run(bench):
    """Called by run.py."""
    workspace, env = bench_sync.make_workspace(bench, "window", bench.lake(1))
    bench_sync.sync(bench, env)
    command = [os.path.join(bench.top, "tests", "display", "with-display.sh"), "env", f"XDG_CACHE_HOME={env['XDG_CACHE_HOME']}",
               "GSETTINGS_BACKEND=memory", "GTK_A11Y=none", sys.executable, os.path.abspath(__file__), bench.program("sobremesa-window"),
               workspace]
    runs = json.loads(bench.measure(command)[2])
    bench.figure("window: exec until figures are painted, warm", statistics.median(seconds for seconds, _ in runs), "s", 0.6)
    bench.figure("window: memory (Pss) with a million answers cached", max(memory for _, memory in runs) / 1e6, "MB", 150)


def main():
    """Inside the display: prints the runs after the first, which warms the caches."""
    print(json.dumps([start(sys.argv[1], sys.argv[2]) for _ in range(TIMES + 1)][1:]))


if __name__ == "__main__":
    main()
