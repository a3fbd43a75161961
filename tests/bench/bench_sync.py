# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole lake into an empty cache, against DuckDB reading the same files into a table with a unique index."""

import glob
import os
import shutil

DUCKDB = """
import sys, duckdb
base = duckdb.connect(sys.argv[2])
base.execute("SET threads = 2")
base.execute("CREATE TABLE responses AS SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY received_at, submitted_at,"
             " duration_ms, comment) AS copy FROM read_json('" + sys.argv[1] + "/raw/responses/*/*.json.gz', format = 'newline_delimited',"
             " ignore_errors = true, columns = {v: 'INTEGER', id: 'VARCHAR', submitted_at: 'TIMESTAMP', received_at: 'TIMESTAMP',"
             " store_id: 'VARCHAR', table_id: 'VARCHAR', verified: 'BOOLEAN', form_id: 'VARCHAR', form_version: 'INTEGER',"
             " language: 'VARCHAR', answers: 'STRUCT(question VARCHAR, kind VARCHAR, score DOUBLE, choice VARCHAR, text VARCHAR,"
             " item VARCHAR)[]', comment: 'VARCHAR', duration_ms: 'BIGINT', channel: 'VARCHAR'})) WHERE copy = 1 AND id IS NOT NULL")
base.execute("CREATE UNIQUE INDEX by_id ON responses (id)")
print(base.execute("SELECT count(*) FROM responses").fetchone()[0])
"""


def link(source, target):
    """A second name for a file, or a copy of it on another file system."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def make_workspace(bench, name, lake):
    """A workspace whose lake is the generated one, and the environment to use it in."""
    home = os.path.join(bench.scratch, name)
    workspace = os.path.join(home, "workspace")
    os.makedirs(home)
    env = {**os.environ, "HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "TZ": "UTC", "SOBREMESA_WORKSPACE": workspace}
    bench.measure([bench.program("sobremesa"), "init"], env)
    shutil.rmtree(f"{workspace}/lake", ignore_errors=True)
    shutil.copytree(lake, f"{workspace}/lake", copy_function=link, ignore=shutil.ignore_patterns(".complete"))
    return workspace, env


def sync(bench, env):
    shutil.rmtree(env["XDG_CACHE_HOME"], ignore_errors=True)
    return bench.measure([bench.program("sobremesa"), "--quiet", "sync"], env)


def cache_bytes(env):
    return sum(os.path.getsize(path) for path in glob.glob(env["XDG_CACHE_HOME"] + "/sobremesa/*/*"))


def run(bench):
    lake = bench.lake(1)
    _, env = make_workspace(bench, "sync", lake)
    runs = [sync(bench, env) for _ in range(3)]
    ours = sorted(seconds for seconds, _, _ in runs)[1]
    peak = max(memory for _, memory, _ in runs)
    python = bench.peers()
    if python:
        times = []
        for _ in range(3):
            database = os.path.join(bench.scratch, "peer.duckdb")
            if os.path.exists(database):
                os.unlink(database)
            times.append(bench.measure([python, "-c", DUCKDB, lake, database])[0])
        bench.figure("sync of a million answers into an empty cache", ours, "s", 0.8, peer=sorted(times)[1])
    else:
        bench.note("sync of a million answers into an empty cache", ours, "s")
    bench.figure("sync's peak memory", peak / 1e6, "MB", 256)
    bench.figure("cache on disk", cache_bytes(env) / 1e6, "MB", 100)
    bench.note("sync with nothing new", bench.median(lambda: bench.measure([bench.program("sobremesa"), "--quiet", "sync"], env)[0]), "s")
    if bench.scale > 1:
        _, large = make_workspace(bench, "sync-large", bench.lake(bench.scale))
        seconds, memory, _ = sync(bench, large)
        bench.figure(f"sync of {bench.scale} million answers, times one million", seconds / ours, "×", 1.2 * bench.scale)
        bench.figure("its peak memory", memory / 1e6, "MB", 256)
