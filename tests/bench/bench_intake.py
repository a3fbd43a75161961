# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intake: durable answers a second over keep-alive, beside one append and fdatasync at a time on the same file system."""

import json
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import intake_process  # noqa: E402 its folder has just been added

GUESTS, SECONDS, ROUNDS = 64, 4, 3


def load(bench, running, ids=None):
    command = [bench.program("sobremesa-bench-intake"), "load", str(running.port), str(GUESTS), str(SECONDS)]
    return json.loads(bench.measure(command + ([ids] if ids else []))[2])


def run(bench):
    folder = os.path.join(bench.scratch, "intake")
    os.makedirs(folder)
    site, form = intake_process.sample_site(bench.root)
    generator = bench.program("sobremesa-bench-intake")
    rounds, bares = [], []
    with intake_process.Intake(bench.program("sobremesa-intake"), folder, site, form) as running:
        if running.start() is None or running.port is None:
            raise RuntimeError("intake did not start")
        for _ in range(ROUNDS):
            bares.append(json.loads(bench.measure([generator, "bare", folder, "2"])[2]))
            rounds.append(load(bench, running))
        resident = running.resident()
        acknowledged = sum(one["stored"] for one in rounds)
        if running.stop() != 0:
            raise RuntimeError("intake did not stop cleanly")
        if len(running.stored()) < acknowledged:
            raise RuntimeError(f"{acknowledged} answers were acknowledged, {len(running.stored())} are stored")
    rate = statistics.median(one["per_second"] for one in rounds)
    bare = statistics.median(one["per_second"] for one in bares)
    bench.figure("intake: durable answers a second, 64 guests, keep-alive", rate, "/s", 3000, better="more")
    bench.figure("intake: 99th percentile of an answer", statistics.median(one["p99_ms"] for one in rounds), "ms", 50)
    bench.figure("intake: peak resident memory", resident / 2**20, "MiB", 64)
    bench.note("intake: median of an answer", statistics.median(one["p50_ms"] for one in rounds), "ms")
    bench.note("intake: bare append + fdatasync loop", bare, "/s")
    bench.note("intake: answers for each turn of the bare loop", rate / bare, "x")
