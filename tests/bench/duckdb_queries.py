#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of the saved queries: DuckDB on flat tables, warm, with two threads. Run by the peers' Python.

usage: duckdb_queries.py DATABASE make LAKE ZONE CUTOFF_HOURS
       duckdb_queries.py DATABASE run RUNS  < {NAME: {"sql": FILE, "parameters": {NAME: VALUE}}}
       duckdb_queries.py DATABASE serve

"run" prints {NAME: {"seconds": […], "rows": [[…]…]}}; the first run of each is not counted.
"serve" reads {"sql": FILE, "parameters": {NAME: VALUE}} line by line, runs each and answers with a line {"seconds": …, "rows": [[…]…]}.
"""

import datetime
import json
import re
import sys
import time

import duckdb

LINES = "read_json('{}/raw/{}/*/*.json.gz', format = 'newline_delimited', ignore_errors = true, hive_partitioning = true, columns = {{{}}})"
COLUMNS = {
    "responses": "id: 'VARCHAR', submitted_at: 'TIMESTAMP', received_at: 'TIMESTAMP', store_id: 'VARCHAR', table_id: 'VARCHAR',"
                 " verified: 'BOOLEAN', form_id: 'VARCHAR', form_version: 'INTEGER', language: 'VARCHAR', comment: 'VARCHAR',"
                 " duration_ms: 'BIGINT', channel: 'VARCHAR', v: 'INTEGER', answers: 'STRUCT(question VARCHAR, kind VARCHAR, score DOUBLE,"
                 " choice VARCHAR, text VARCHAR, item VARCHAR)[]'",
    "events": "id: 'VARCHAR', \"at\": 'TIMESTAMP', received_at: 'TIMESTAMP', visit: 'VARCHAR', store_id: 'VARCHAR', table_id: 'VARCHAR',"
              " page: 'VARCHAR', action: 'VARCHAR', target: 'VARCHAR', ms: 'BIGINT'",
    "orders": "id: 'VARCHAR', \"at\": 'TIMESTAMP', store_id: 'VARCHAR', table_id: 'VARCHAR', item_id: 'VARCHAR', item: 'VARCHAR',"
              " quantity: 'BIGINT', amount: 'DOUBLE', currency: 'VARCHAR'",
}
WINNER = {"responses": "received_at, submitted_at, duration_ms, comment", "events": "received_at", "orders": "\"at\""}
# The instant that a record counts at, see docs/data-flow.md.
INSTANT = {
    "responses": "CASE WHEN submitted_at > received_at + INTERVAL 5 MINUTE OR submitted_at < received_at - INTERVAL 30 DAY THEN received_at"
                 " ELSE submitted_at END",
    "events": "\"at\"", "orders": "\"at\"",
}
VALID = {"responses": "v = 1 AND len(answers) > 0 AND regexp_full_match(id, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')", "events": "true",
         "orders": "true"}


def make(base, lake, zone, cutoff):
    for table, columns in COLUMNS.items():
        base.execute(
            f"CREATE TABLE {table} AS SELECT * EXCLUDE (copy), CAST(timezone('{zone}', {INSTANT[table]} AT TIME ZONE 'UTC')"
            f" - INTERVAL {cutoff} HOUR AS DATE) AS service_day FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY {WINNER[table]})"
            f" AS copy FROM {LINES.format(lake, table, columns)} WHERE {VALID[table]}) WHERE copy = 1 ORDER BY service_day")
    base.execute("CREATE TABLE answers AS SELECT id, submitted_at, dt, service_day, store_id, table_id, verified, unnest(answers, recursive := true)"
                 " FROM responses")
    base.execute("ALTER TABLE responses DROP answers")
    print(json.dumps({table: base.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in (*COLUMNS, "answers")}))


def typed(value):
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return datetime.date.fromisoformat(value)
    return int(value) if re.fullmatch(r"-?\d+", value) else value


def answer(base, query):
    with open(query["sql"], encoding="utf-8") as file:
        sql = file.read()
    parameters = {key: typed(value) for key, value in query["parameters"].items() if re.search(rf"\${key}\b", sql)}
    started = time.monotonic()
    rows = base.execute(sql, parameters).fetchall()
    return {"seconds": time.monotonic() - started, "rows": rows}


def run(base, runs):
    results = {}
    for name, query in json.load(sys.stdin).items():
        answers = [answer(base, query) for _ in range(runs + 1)]
        results[name] = {"seconds": [one["seconds"] for one in answers[1:]], "rows": answers[0]["rows"]}
    print(json.dumps(results, default=str))


def serve(base):
    for line in sys.stdin:
        print(json.dumps(answer(base, json.loads(line)), default=str), flush=True)


def main():
    base = duckdb.connect(sys.argv[1])
    if sys.argv[2] == "make":
        make(base, sys.argv[3], sys.argv[4], int(sys.argv[5]))
        return
    base.execute("SET threads = 2")
    if sys.argv[2] == "run":
        run(base, int(sys.argv[3]))
    else:
        serve(base)


if __name__ == "__main__":
    main()
