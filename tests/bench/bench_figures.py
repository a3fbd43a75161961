# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A dashboard's numbers over a million answers, against DuckDB on flat tables; any cross-filter; and GROUP BYs in a worker's process."""

import glob
import json
import math
import subprocess

import bench_sync
import flat_tables

FIRST, LAST = "2026-10-26", "2026-11-22"
ALL = ("2025-11-24", "2026-11-23")
ROUNDS = 21
RATED = "kind IN ('stars', 'smiley')"

# What each of our steps counts, in DuckDB's SQL.
PANELS = {
    "tiles and trend": f"SELECT service_day, count(DISTINCT id), avg(score) FROM answers WHERE service_day BETWEEN DATE '{FIRST}' AND DATE '{LAST}' "
                       f"AND verified AND {RATED} GROUP BY 1 ORDER BY 1",
    "heat map": f"SELECT isodow(service_day), local_hour, count(DISTINCT id), avg(score) FROM answers WHERE service_day BETWEEN DATE '{FIRST}' AND "
                f"DATE '{LAST}' AND verified AND {RATED} GROUP BY 1, 2 ORDER BY 1, 2",
    "tables": f"SELECT store_id, table_id, count(DISTINCT id), avg(score) FROM answers WHERE service_day BETWEEN DATE '{FIRST}' AND DATE '{LAST}' "
              f"AND verified AND {RATED} GROUP BY 1, 2 ORDER BY 1, 2",
}

GROUP_BYS = {
    "by day": "SELECT service_day, count(*) AS n, avg(score) AS mean FROM answers GROUP BY service_day ORDER BY service_day",
    "by table": "SELECT store_id, table_id, count(*) AS n, avg(score) AS mean FROM answers GROUP BY store_id, table_id ORDER BY store_id, table_id",
    "by question": "SELECT question, count(*) AS n, avg(score) AS mean FROM answers GROUP BY question ORDER BY question",
    "by store and question": "SELECT store_id, question, count(*) AS n, avg(score) AS mean FROM answers GROUP BY store_id, question ORDER BY 1, 2",
    "by table and question": "SELECT store_id, table_id, question, count(*) AS n, avg(score) AS mean FROM answers "
                             "GROUP BY store_id, table_id, question ORDER BY 1, 2, 3",
    "by language": "SELECT language, count(*) AS n FROM responses GROUP BY language ORDER BY language",
}


def nearly_same(ours, theirs):
    if len(ours) != len(theirs):
        return False
    for left, right in zip(ours, theirs):
        for a, b in zip(left, right):
            try:
                if not math.isclose(float(a), float(b), rel_tol=1e-9):
                    return False
            except (TypeError, ValueError):
                if str(a) != str(b):
                    return False
    return True


def panels(bench, folder, database):
    text = bench.measure([bench.program("sobremesa-bench-figures"), folder, FIRST, LAST, "21", "400", "1"])[2]
    ours = json.loads(text)
    theirs = flat_tables.run(bench, database, PANELS)
    for name, result in (("tiles and trend", "days"), ("heat map", "heat"), ("tables", "tables")):
        if not nearly_same(sorted(ours[result], key=str), sorted(theirs[name][1], key=str)):
            print(f"# NOT THE SAME numbers: {name}", flush=True)
        bench.figure(f"overview: {name}", ours["ms"][name], "ms", 0.1, peer=theirs[name][0])
    bench.note("overview: comments", ours["ms"]["comments"], "ms")
    bench.note("overview: everything together", ours["ms"]["all"], "ms")
    bench.note("overview: first time, with opening the cache", ours["first_ms"], "ms")
    bench.note("cross-filter, median of 400 at random", ours["filters"]["p50"], "ms")
    bench.figure("cross-filter, 95th percentile", ours["filters"]["p95"], "ms", 16)
    bench.note(f"cross-filter, slowest ({ours['filters']['slowest']})", ours["filters"]["max"], "ms")


def group_bys(bench, folder, database):
    queries = list(GROUP_BYS.items())
    done = subprocess.run([bench.program("sobremesa-bench-group-by"), bench.program("sobremesa-query"), folder, str(ROUNDS)], check=True,
                          input="".join(sql + "\n" for _, sql in queries), stdout=subprocess.PIPE, text=True)
    ours = json.loads(done.stdout)
    theirs = flat_tables.run(bench, database, GROUP_BYS, ROUNDS)
    bench.note("query: the worker's start and an empty query", ours["start_ms"], "ms")
    for (name, _), mine in zip(queries, ours["queries"]):
        if not nearly_same(mine["rows"], theirs[name][1]):
            print(f"# NOT THE SAME rows: {name}", flush=True)
        bench.figure(f"query {name}, less the start", max(mine["ms"], 0.01), "ms", 1.0, peer=theirs[name][0])


def run(bench):
    if not bench.peers():
        return
    lake = bench.lake(1)
    _, env = bench_sync.make_workspace(bench, "figures", lake)
    bench_sync.sync(bench, env)
    folder = glob.glob(env["XDG_CACHE_HOME"] + "/sobremesa/*")[0]
    database = flat_tables.make(bench, lake)
    panels(bench, folder, database)
    group_bys(bench, folder, database)
