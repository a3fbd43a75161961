# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every saved query over a year of a million answers, two million events and half a million order lines, against DuckDB on flat tables.

The SQL for DuckDB is written by hand, tests/bench/queries/NAME.sql. A query is measured only when both give the same rows.
"""

import json
import os
import statistics
import subprocess

import bench_sync

EVENTS, ORDERS = 2000000, 500000
ZONE, CUTOFF = "Europe/Madrid", "4"
RUNS = 5
YEAR = {"from": "2025-11-24", "to": "2026-11-23", "zone": ZONE}
GIVEN = {
    "before-after": {"day": "2026-05-25", "days": "180"},
    "comments-with": {"word": "laso"},
    "load-and-rating": {"question": "service"},
    "orders-against-rating": {"question": "service"},
}
TOLERANCE = 0.0100001  # of figures that are rounded to two places


def parameters(query):
    """Each parameter of a query with its value: the year, what it needs, else its default."""
    given = {**YEAR, **GIVEN.get(query["name"], {})}
    return {parameter["name"]: given.get(parameter["name"], parameter["default"]) for parameter in query["parameters"]}


def same(ours, theirs):
    if isinstance(ours, float) or isinstance(theirs, float):
        return ours is not None and theirs is not None and abs(float(ours) - float(theirs)) <= TOLERANCE * max(1, abs(float(theirs)) / 1e6)
    return ours == theirs


def check(name, ours, theirs):
    if len(ours) != len(theirs):
        raise RuntimeError(f"{name}: {len(ours)} rows, DuckDB has {len(theirs)}")
    for one, other in zip(ours, theirs):
        if len(one) != len(other) or not all(map(same, one, other)):
            raise RuntimeError(f"{name}: {one}, DuckDB has {other}")


def prepare(bench):
    """The workspace with its cache, and the environment to use it in."""
    workspace, env = bench_sync.make_workspace(bench, "queries", bench.lake(1, EVENTS, ORDERS))
    path = os.path.join(workspace, "workspace.json")
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    settings.update(time_zone=ZONE, day_cutoff=f"{int(CUTOFF):02d}:00")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(settings, file)
    bench_sync.sync(bench, env)
    return workspace, env


class Peer:
    """DuckDB with the flat tables in memory, asked one query at a time."""

    def __init__(self, bench, python, lake):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "duckdb_queries.py")
        database = os.path.join(bench.scratch, "queries.duckdb")
        self.folder = os.path.join(bench.top, "tests", "bench", "queries")
        subprocess.run([python, script, database, "make", lake, ZONE, CUTOFF], check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen([python, script, database, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, query):
        asked = {"sql": f"{self.folder}/{query['name']}.sql", "parameters": parameters(query)}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"DuckDB did not answer {query['name']}")
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def run_ours(bench, env, query):
    """Seconds of a query in the program that answers queries, without its start, and those of its start."""
    folder, = [entry.path for entry in os.scandir(os.path.join(env["XDG_CACHE_HOME"], "sobremesa"))]
    command = [bench.program("sobremesa-bench-saved"), bench.program("sobremesa-query"), folder, "1",
               os.path.join(bench.top, "infra", "queries", query["name"] + ".sql")]
    command += [f"{name}={value}" for name, value in parameters(query).items()]
    measured = json.loads(bench.measure(command, env)[2])
    return max(measured["query"][0] - measured["start"][0], 1e-6), measured["start"][0]


def measure(bench, env, query, peer):
    """Medians of ours, of its start and of the peer's (or None), which take turns, so that what else the machine does falls on both."""
    ours, starts, theirs = [], [], []
    for _ in range(RUNS):
        seconds, start = run_ours(bench, env, query)
        ours.append(seconds)
        starts.append(start)
        if peer:
            theirs.append(peer.ask(query)["seconds"])
    return statistics.median(ours), statistics.median(starts), statistics.median(theirs) if peer else None


def rows(bench, env, query):
    command = [bench.program("sobremesa"), "--json", "query", query["name"]]
    for name, value in parameters(query).items():
        command.append(f"--{name.replace('_', '-')}={value}")
    return json.loads(bench.measure(command, env)[2])["rows"]


def run_all(bench, env, queries, peer):
    ratios, starts = [], []
    for query in queries:
        name = query["name"]
        # A wrong answer is not worth measuring. This run is the peer's first, which finds nothing in memory, and is not counted.
        if peer:
            check(name, rows(bench, env, query), peer.ask(query)["rows"])
        ours, start, theirs = measure(bench, env, query, peer)
        starts.append(start)
        if not peer:
            bench.note(f"saved query {name}", ours, "s")
            continue
        ratios.append(ours / theirs)
        bench.figure(f"saved query {name}", ours, "s", 20, peer=theirs)
    bench.note("saved queries: start of the program that answers, which is not in their figures", statistics.median(starts), "s")
    if ratios:
        bench.figure(f"saved queries: median ratio of {len(ratios)}", statistics.median(ratios), "×", 1.0)


def run(bench):
    python = bench.peers()
    workspace, env = prepare(bench)
    queries = json.loads(bench.measure([bench.program("sobremesa"), "--json", "query"], env)[2])["queries"]
    missing = {os.path.splitext(name)[0] for name in os.listdir(os.path.join(bench.top, "infra", "queries")) if name.endswith(".sql")}
    missing -= {query["name"] for query in queries}
    if missing:
        raise RuntimeError(f"not measured: {', '.join(sorted(missing))}")
    peer = Peer(bench, python, os.path.join(workspace, "lake")) if python else None
    try:
        run_all(bench, env, queries, peer)
    finally:
        if peer:
            peer.end()
