#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One query, two engines, one answer: every saved query that comes with the program and every query of athena-queries.sql and trino-queries.sql, on the cache and through the program's
Athena engine on a Trino that reads the same objects by the tables of the stack's template. Names, types, rows, their order and NULLs are compared; what is
approximate in Athena may be 5 % off.

usage: trino_parity.py TEMPLATES
"""

import concurrent.futures
import datetime
import gzip
import json
import os
import signal
import subprocess
import sys

sys.path[:0] = [os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", folder) for folder in ("lib", "infra")]

import athena_corpus
import restaurant
import tap
import trino_athena
import trino_lake
import visit_lake

PLACE = restaurant.Restaurant()
QUERIES = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "infra", "queries")
LAST_DAY = datetime.date(2025, 11, 10)  # summer time ends on 2025-10-26
SPAN = ["--from", "2025-10-01", "--to", "2025-11-04"]
# What a shipped query needs beside its span, or instead of it.
NEEDED = {"before-after": ["--day", "2025-10-15", "--days", "10"], "comments-with": [*SPAN, "--word", "SLOW", "--rows", "7"],
          "complaints": [*SPAN, "--rows", "9"], "worst-tables": [*SPAN, "--least", "20"]}
WORKERS = 3
# SobreQueryErrorCode, as the command line's JSON has it.
CODES = ("syntax", "unsupported", "name", "type", "runtime", "limit", "timeout", "cache", "failed")
STATE = {}


def make_id(number, version=7):
    return f"019a0000-0000-{version}000-8000-{number:012x}"


def edges():
    """What no made-up guest does: texts of no letters, members that are null, times of many digits, copies that differ in one thing alone."""
    response = {"v": 1, "id": make_id(1), "submitted_at": "2025-10-15T12:00:00.000Z", "received_at": "2025-10-15T12:00:01.000Z", "store_id": "edge", "table_id": "1",
                "verified": True, "form_id": "table", "form_version": 2147483647, "language": "en", "answers": [], "channel": "import"}
    answers = [{"question": "food", "kind": "stars", "score": 4.5, "item": ""}, {"question": "wish", "kind": "text", "text": ""},
               {"question": "wish", "kind": "text", "text": "naïve 🍕, \"quoted\"\nsecond line\ttab", "choice": None, "item": None}]
    event = {"v": 1, "id": make_id(1), "at": "2025-10-15T12:00:00.000Z", "received_at": "2025-10-15T12:00:01.000Z", "visit": "edge", "store_id": "edge", "page": "menu",
             "action": "open"}
    order = {"v": 1, "id": make_id(1, 8), "at": "2025-10-15T12:00:00Z", "store_id": "edge", "item": "soup", "quantity": 1, "amount": 0.1, "currency": "EUR"}
    return {"responses": [
        {**response, "comment": "", "answers": answers, "duration_ms": 0},
        {**response, "id": make_id(2), "comment": None, "duration_ms": None, "submitted_at": "2025-10-15T12:00:00.123999999Z"},
        {**response, "id": make_id(3), "comment": "  both, \"ends\"  ", "duration_ms": 9007199254740991, "submitted_at": "2025-10-15T12:00:00Z"},
        {**response, "id": make_id(4, 4), "comment": "🍕🍕 naïve ß İ ǆ\r\nline", "answers": answers[:1]},
        # Of two copies the one with a duration, the shorter one, the one with a comment, the smaller one counts.
        {**response, "id": make_id(5), "comment": "without a duration"}, {**response, "id": make_id(5), "comment": "with one", "duration_ms": 70000},
        {**response, "id": make_id(6), "duration_ms": 9, "comment": "shorter"}, {**response, "id": make_id(6), "duration_ms": 10, "comment": "a longer one"},
        {**response, "id": make_id(7)}, {**response, "id": make_id(7), "comment": ""}, {**response, "id": make_id(8), "comment": "b"},
        {**response, "id": make_id(8), "comment": "a"},
        # Just within what a clock may be off, and just beyond.
        {**response, "id": make_id(9), "submitted_at": "2025-10-17T02:05:00.000Z", "received_at": "2025-10-17T02:00:00.000Z"},
        {**response, "id": make_id(10), "submitted_at": "2025-10-17T02:05:00.001Z", "received_at": "2025-10-17T01:59:59.999Z"},
        {**response, "id": make_id(11), "submitted_at": "2025-09-16T12:00:00.000Z", "received_at": "2025-10-16T12:00:00.000Z"},
        {**response, "id": make_id(12), "submitted_at": "2025-09-16T11:59:59.999Z", "received_at": "2025-10-16T12:00:00.000Z"},
        # The night in which an hour comes twice, around the cut-off.
        *({**response, "id": make_id(20 + hour), "submitted_at": f"2025-10-26T{hour:02d}:59:59.999Z", "received_at": f"2025-10-26T{hour + 1:02d}:00:01.000Z"}
          for hour in range(5)),
    ], "events": [{**event, "table_id": "", "target": "", "ms": 0}, {**event, "id": make_id(2), "table_id": None, "target": None, "ms": None},
                  {**event, "id": make_id(3), "target": "naïve 🍕", "ms": 9007199254740991},
                  {**event, "id": make_id(4), "at": "2026-10-15T12:00:00.000Z", "action": "leave"}],
            "orders": [{**order, "table_id": "", "item_id": ""}, {**order, "id": make_id(2, 8), "table_id": None, "amount": 0.2, "quantity": -1000000},
                       {**order, "id": make_id(3, 8), "amount": 4321.125, "quantity": 1000000}, {**order, "id": make_id(4, 8), "amount": -0.0000001},
                       {**order, "id": make_id(5, 8), "amount": 1e5, "currency": "JPY", "item": "寿司"}]}


def settle():
    """Fills the lake in the folder, brings it to the bucket and the cache from there, and makes the views."""
    visit_lake.settle(PLACE, visit_lake.Maker(LAST_DAY))
    for dataset, records in edges().items():
        folder = os.path.join(PLACE.workspace, "lake", "raw", dataset, "dt=2025-10-15")
        os.makedirs(folder, exist_ok=True)
        with gzip.open(os.path.join(folder, "edges.json.gz"), "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    PLACE.do("lake", "promote", "--bucket", trino_athena.BUCKET, timeout=200)
    document = PLACE.do("--json", "sync", timeout=200).document
    assert document["rejects"] == 0, document
    document = PLACE.do("--json", "lake", "tables", timeout=200).document
    assert document["from"] <= (LAST_DAY - datetime.timedelta(days=visit_lake.DAYS - 1)).isoformat(), document


def ask(engine, *arguments):
    """The document, or the error's code and message."""
    result = PLACE.run("--json", "query", "--engine", engine, *arguments, timeout=200)
    # Numbers with a point as they are written, to the letter.
    document = json.loads(result.out, parse_float=str)
    if result.status == 0:
        return document
    return {"code": CODES[document["error"]["code"]] if document["error"]["domain"] == "SobreQueryError" else document["error"],
            "message": document["error"]["message"]}


def ask_both(arguments):
    return ask("local", *arguments), ask("athena", *arguments)


def questions():
    """Each question: its name → the arguments that ask it."""
    shipped = sorted(name.removesuffix(".sql") for name in os.listdir(QUERIES) if name.endswith(".sql"))
    found = {f"shipped: {name}": [name, *NEEDED.get(name, SPAN)] for name in shipped}
    found.update({f"corpus: {query['name']}": ["--sql", query["sql"]] for query in athena_corpus.load()})
    return found


def answers():
    """Asks everything, a few at a time, the first time that an answer is wanted."""
    if "answers" not in STATE:
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            STATE["answers"] = dict(zip(questions(), pool.map(ask_both, questions().values())))
    return STATE["answers"]


def near(ours, theirs):
    return ours == theirs or (None not in (ours, theirs) and abs(float(ours) - float(theirs)) <= 0.05 * abs(float(ours)))


def compare(name, sql):
    ours, theirs = answers()[name]
    assert "rows" in ours and "rows" in theirs, (ours if "rows" not in ours else "", theirs if "rows" not in theirs else "")
    assert ours["columns"] == theirs["columns"], (ours["columns"], theirs["columns"])
    approximate = "approx_" in sql
    different = [(one, other) for one, other in zip(ours["rows"], theirs["rows"])
                 if not (all(map(near, one, other)) if approximate else json.dumps(one) == json.dumps(other))]
    assert len(ours["rows"]) == len(theirs["rows"]) and not different, (
        f"{len(ours['rows'])} rows here, {len(theirs['rows'])} there, {len(different)} differ, first {different[:3]}")


def shipped(name):
    with open(os.path.join(QUERIES, name.removeprefix("shipped: ") + ".sql"), encoding="utf-8") as file:
        sql = file.read()
    assert len(answers()[name][0]["rows"]) > 0, "no rows"
    compare(name, sql)


def corpus(query):
    name = f"corpus: {query['name']}"
    if "refused" not in query:
        ours = answers()[name][0]
        assert "ORDER BY" in query["sql"] or len(ours.get("rows", [])) <= 1, "its order is not total"
        compare(name, query["sql"])
        return
    ours, theirs = answers()[name]
    code, part = query["refused"].split(" ", 1)
    assert ours.get("code") == code and part in ours["message"], ours
    # What is not there offline is right there; what is wrong is wrong on both, and for the same reason.
    if code == "unsupported":
        assert "rows" in theirs or "does not exist" in theirs["message"], theirs
    else:
        assert theirs.get("code") == code, theirs


def there_are_enough():
    compared = [query for query in athena_corpus.load() if "refused" not in query]
    assert len(compared) >= 100, len(compared)
    differences = sum(json.dumps(ours.get("rows")) != json.dumps(theirs.get("rows")) for ours, theirs in answers().values() if "rows" in ours)
    print(f"# {len(questions())} queries asked of both engines, {sum('rows' in ours for ours, _ in answers().values())} of them answered here, "
          f"{differences} with rows that are not the same to the letter")


def the_tables_are_the_same():
    """All rows of all four, with every column."""
    for table, order in (("responses", "id"), ("answers", "id, question, kind, score, choice, text, item"), ("events", "id"), ("orders", "id")):
        ours, theirs = ask_both(["--sql", f"SELECT * FROM {table} ORDER BY {order}"])
        assert ours["columns"] == theirs["columns"], (table, ours["columns"], theirs["columns"])
        different = [pair for pair in zip(ours["rows"], theirs["rows"]) if pair[0] != pair[1]]
        assert len(ours["rows"]) == len(theirs["rows"]) > 300 and not different, (table, len(ours["rows"]), len(theirs["rows"]), different[:3])


def values_of_each_type_go_there_and_back():
    sql = ("SELECT :b AS b, :i AS i, :d AS d, :s AS s, :day AS day, CAST(:i AS integer) AS i4, CAST(:d AS decimal(10, 3)) AS c, "
           "TIMESTAMP '2025-10-26 00:30:00' AT TIME ZONE 'Europe/Berlin' AS z, CAST(NULL AS varchar) AS n, '' AS e WHERE :s <> ''")
    arguments = ["--sql", sql, "--param", "b=true", "--param", "i=-42", "--param", "d=1.5e-7", "--param", "s=it's \"so\", 🍕?", "--param", "day=2025-10-26"]
    ours, theirs = ask_both(arguments)
    assert ours["columns"] == theirs["columns"] and ours["rows"] == theirs["rows"] and len(ours["rows"]) == 1, (ours, theirs)
    assert ours["rows"][0][-2:] == [None, ""], ours


def failures_are_of_one_kind():
    for code, sql in (("syntax", "SELECT FROM answers"), ("syntax", "SELECT count(* FROM answers"), ("name", "SELECT nothing FROM answers"),
                      ("name", "SELECT 1 FROM nowhere"), ("name", "SELECT nothing(1)"), ("type", "SELECT 1 + 'a'"), ("type", "SELECT upper(1)"),
                      ("runtime", "SELECT 1 / 0"), ("runtime", "SELECT CAST('x' AS bigint)"), ("runtime", "SELECT 9223372036854775807 + 1"),
                      ("runtime", "SELECT CAST(3000000000 AS integer)")):
        ours, theirs = ask_both(["--sql", sql])
        assert ours.get("code") == theirs.get("code") == code, (sql, ours, theirs)


def no_rows_are_no_rows():
    ours, theirs = ask_both(["--sql", "SELECT id, score FROM answers WHERE score > 100 ORDER BY id"])
    assert ours["columns"] == theirs["columns"] and ours["rows"] == theirs["rows"] == [], (ours, theirs)


def what_is_called_off_ends_there():
    process = PLACE.start("query", "--engine", "athena", "--sql", "SELECT count(*) FROM events a, events b, events c WHERE a.ms + b.ms + c.ms = 7",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    athena = STATE["lake"].athena
    known = len(athena.executions)
    assert restaurant.wait_until(lambda: len(athena.executions) > known and athena.executions[-1].looks > 0, 30)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    execution = athena.executions[known]
    assert process.returncode == 1 and execution.id in athena.stopped, process.returncode
    assert restaurant.wait_until(lambda: execution.state == "CANCELLED", 30), execution.state


def a_wrong_signature_is_no_query():
    right = PLACE.env["AWS_SECRET_ACCESS_KEY"]
    try:
        PLACE.env["AWS_SECRET_ACCESS_KEY"] = right[::-1]
        result = PLACE.run("query", "--engine", "athena", "--sql", "SELECT 1")
    finally:
        PLACE.env["AWS_SECRET_ACCESS_KEY"] = right
    assert result.status == 1 and "ignature" in result.err, result
    assert all(status < 400 for request, status in STATE["lake"].aws.requests if request.operation != "StartQueryExecution")


def with_lake(function, *arguments):
    """A case that starts everything first, where nobody has; what could not be had is not tried again."""
    if "skip" in STATE:
        raise tap.Skip(STATE["skip"])
    if "lake" not in STATE:
        try:
            STATE["lake"] = trino_lake.Lake(PLACE, LAST_DAY + datetime.timedelta(days=4), cached=True).__enter__()
        except tap.Skip as reason:
            STATE["skip"] = str(reason)
            raise
        settle()
    function(*arguments)


def main():
    cases = [(function.__name__.replace("_", " "), lambda function=function: with_lake(function)) for function in (
        the_tables_are_the_same, there_are_enough, values_of_each_type_go_there_and_back, failures_are_of_one_kind, no_rows_are_no_rows,
        what_is_called_off_ends_there, a_wrong_signature_is_no_query)]
    cases += [(name, lambda name=name: with_lake(shipped, name)) for name in questions() if name.startswith("shipped: ")]
    cases += [(f"corpus: {query['name']}", lambda query=query: with_lake(corpus, query)) for query in athena_corpus.load()]
    with PLACE:
        try:
            tap.run(cases)
        finally:
            if "lake" in STATE:
                STATE["lake"].__exit__(None, None, None)


if __name__ == "__main__":
    main()
