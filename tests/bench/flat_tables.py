# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of the figures: DuckDB, two threads, with the bench lake in two flat tables, the service day and the local hour in columns of their own.

Of the bad lines DuckDB drops those that are no JSON, and the rest by the two rules that they break."""

import json
import os
import subprocess

# The clock rule and the calendar of the cache that is measured beside it: the day ends at 04:00 UTC, as "init" makes it where the zone is UTC.
MAKE = """
import sys, duckdb
lake, database = sys.argv[1:]
base = duckdb.connect(database)
base.execute("SET threads = 2")
base.execute("SET enable_progress_bar = false")
base.execute(f'''
CREATE TABLE whole AS SELECT *,
  CASE WHEN submitted_at > received_at + INTERVAL 5 MINUTE OR submitted_at < received_at - INTERVAL 30 DAY THEN received_at ELSE submitted_at END AS counted_at
FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY received_at, submitted_at, duration_ms NULLS FIRST, comment NULLS FIRST) AS copy
  FROM read_json('{lake}/raw/responses/*/*.json.gz', format = 'newline_delimited', ignore_errors = true, columns = {{v: 'INTEGER', id: 'VARCHAR',
  submitted_at: 'TIMESTAMP', received_at: 'TIMESTAMP', store_id: 'VARCHAR', table_id: 'VARCHAR', verified: 'BOOLEAN', form_id: 'VARCHAR',
  form_version: 'INTEGER', language: 'VARCHAR', answers: 'STRUCT(question VARCHAR, kind VARCHAR, score DOUBLE, choice VARCHAR, text VARCHAR,
  item VARCHAR)[]', comment: 'VARCHAR', duration_ms: 'BIGINT', channel: 'VARCHAR'}})) WHERE copy = 1 AND v = 1 AND regexp_full_match(id, '[0-9a-f-]{{36}}')''')
base.execute(f'''CREATE TABLE responses AS SELECT id, submitted_at, store_id, table_id, verified, language, comment, duration_ms,
  CAST(counted_at - INTERVAL 4 HOUR AS DATE) AS service_day, hour(counted_at) AS local_hour FROM whole''')
base.execute(f'''CREATE TABLE answers AS SELECT id, submitted_at, store_id, table_id, verified, language,
  CAST(counted_at - INTERVAL 4 HOUR AS DATE) AS service_day, hour(counted_at) AS local_hour, a.question, a.kind, a.score, a.choice, a.item
  FROM (SELECT *, unnest(answers) AS a FROM whole)''')
base.execute("DROP TABLE whole")
"""

# Reads {name: sql} and prints {name: [milliseconds, rows]}: the median of the rounds, warm.
RUN = """
import sys, json, time, statistics, duckdb
base = duckdb.connect(sys.argv[1], read_only=True)
base.execute("SET threads = 2")
done = {}
for name, sql in json.load(sys.stdin).items():
    rows = base.execute(sql).fetchall()
    times = []
    for _ in range(int(sys.argv[2])):
        begin = time.perf_counter()
        base.execute(sql).fetchall()
        times.append((time.perf_counter() - begin) * 1000)
    done[name] = [statistics.median(times), [[str(cell) if cell is not None else None for cell in row] for row in rows]]
print(json.dumps(done))
"""


def make(bench, lake):
    """The database, made once a lake."""
    database = os.path.join(bench.cache, os.path.basename(lake) + "-flat.duckdb")
    if not os.path.exists(database):
        print("# making DuckDB's flat tables (once)", flush=True)
        subprocess.run([bench.peers(), "-c", MAKE, lake, database + ".making"], check=True)
        os.rename(database + ".making", database)
    return database


def run(bench, database, queries, rounds=7):
    done = subprocess.run([bench.peers(), "-c", RUN, database, str(rounds)], input=json.dumps(queries), check=True, stdout=subprocess.PIPE,
                          text=True)
    return json.loads(done.stdout)
