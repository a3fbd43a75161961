#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queries of athena-queries.sql, which says how it is read, through the program that runs queries: the types of what they give, and their rows
against DuckDB's, against rows that are written down, or that they are refused by name."""

import datetime
import decimal
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import athena_corpus
import peers
import query_worker
import restaurant
import tap
import visit_lake

PLACE = restaurant.Restaurant()
TESTS = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests")
DUCKDB = "duckdb==2.0.0"
THEIRS = {}


def ask_duckdb(queries):
    """The rows of each query that DuckDB is asked, in its process, over flat tables of the same lake."""
    python = peers.python(DUCKDB)
    script = os.path.join(TESTS, "bench", "duckdb_queries.py")
    database = PLACE.path("flat.duckdb")
    subprocess.run([python, script, database, "make", os.path.join(PLACE.workspace, "lake"), visit_lake.ZONE, str(visit_lake.CUTOFF_HOUR)], check=True,
                   stdout=subprocess.DEVNULL)
    asked = {}
    for number, query in enumerate(query for query in queries if "duckdb" in query):
        path = PLACE.path(f"{number}.sql")
        with open(path, "w", encoding="utf-8") as file:
            file.write(query["duckdb"])
        asked[query["name"]] = {"sql": path, "parameters": {}}
    done = subprocess.run([python, script, database, "run", "0"], input=json.dumps(asked), text=True, check=True, stdout=subprocess.PIPE)
    return {name: answer["rows"] for name, answer in json.loads(done.stdout).items()}


def same(kind, ours, theirs):
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if kind == "double":
        return abs(float(ours) - float(theirs)) <= 1e-9 * max(1, abs(float(theirs)))
    if kind == "decimal":
        return decimal.Decimal(ours) == decimal.Decimal(str(theirs))
    if kind in ("integer", "bigint"):
        return isinstance(theirs, int) and int(ours) == theirs
    if kind == "boolean":
        return ours == ("true" if theirs else "false")
    if kind == "timestamp":
        return datetime.datetime.fromisoformat(ours) == datetime.datetime.fromisoformat(theirs)
    return ours == theirs


def check_rows(name, kinds, ours, theirs):
    assert len(ours) == len(theirs) > 0, f"{name}: {len(ours)} rows, and not {len(theirs)}"
    for one, other in zip(ours, theirs):
        assert len(one) == len(other) and all(map(same, kinds, one, other)), f"{name}: {one}, and not {other}"


def check(query):
    folder, = os.scandir(PLACE.path("cache", "sobremesa"))
    answer = query_worker.ask(folder.path, query["sql"])
    if "refused" in query:
        code, part = query["refused"].split(" ", 1)
        assert answer.code == code and part in answer.message, answer
        return
    assert answer.code is None, answer
    assert ", ".join(answer.columns) == query["types"], answer.columns
    if query["gives"]:
        assert query["because"] and answer.rows == query["gives"], (answer.rows, query["gives"])
        return
    if query["trino"]:
        return
    if not THEIRS:
        THEIRS.update(ask_duckdb(athena_corpus.load()))
    check_rows(query["name"], [column.rsplit(" ", 1)[1] for column in answer.columns], answer.rows, THEIRS[query["name"]])


def there_are_enough():
    queries = athena_corpus.load()
    assert len({query["name"] for query in queries}) == len(queries)
    assert sum("refused" not in query for query in queries if not query["further"]) >= 80
    assert sum(query["further"] for query in queries) == 20
    assert all("types" in query or "refused" in query for query in queries)


if __name__ == "__main__":
    with PLACE:
        visit_lake.settle(PLACE, visit_lake.Maker(datetime.date(2025, 11, 10)))
        tap.run([("there are enough", there_are_enough)] + [(one["name"], lambda one=one: check(one)) for one in athena_corpus.load()])
