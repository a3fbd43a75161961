# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queries on Athena: what is sent, what comes back, what it costs, and that nothing goes on costing."""

import contextlib
import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import fake_athena
import fake_aws
import restaurant
import small_lake
import tap

RUN = ("--json", "query", "--engine", "athena")


@contextlib.contextmanager
def place_with_athena(**athena):
    with restaurant.Restaurant() as place, fake_aws.FakeAws() as aws:
        place.do("init")
        path = place.path("restaurant", "workspace.json")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        document["aws"] = {"bucket": aws.bucket, "athena": athena}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)
        place.env.update(aws.environment(place.folder))
        small_lake.write_lake(place.folder, 3, 300)
        for folder, _, names in os.walk(place.path("lake")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    aws.put(os.path.relpath(os.path.join(folder, name), place.path("lake")), file.read())
        yield place, aws, fake_athena.FakeAthena(aws)


def what_is_sent():
    with place_with_athena(database="harbour", workgroup="night") as (place, _, athena):
        sql = "SELECT ':not' AS x, :Word, :day -- :comment\nFROM answers WHERE dt >= CAST(:day AS varchar) LIMIT :n"
        place.do(*RUN, "--sql", sql, "--param", "word=it's", "--param", "day=2026-01-03", "--param", "n=5")
        orders, = [execution.orders for execution in athena.executions]
        assert orders["QueryString"] == ("SELECT ':not' AS x, CAST(? AS varchar), CAST(? AS date) -- :comment\n"
                                         "FROM answers WHERE dt >= CAST(CAST(? AS date) AS varchar) LIMIT ?"), orders
        assert orders["ExecutionParameters"] == ["'it''s'", "'2026-01-03'", "'2026-01-03'", "5"], orders
        assert orders["WorkGroup"] == "night" and orders["QueryExecutionContext"] == {"Database": "harbour"}, orders
        assert "ResultReuseConfiguration" not in orders and "ResultConfiguration" not in orders, orders


def null_is_no_empty_text_and_names_count():
    with place_with_athena() as (place, _, athena):
        athena.columns = [("a", "varchar"), ("b", "bigint"), ("c", "double"), ("d", "boolean"), ("e", "date"), ("f", "timestamp"),
                          ("g", "decimal(10, 2)"), ("h", "timestamp with time zone"), ("i", "array")]
        athena.rows = [[None, "7", "1.0E10", "true", "2026-01-02", "2026-01-02 03:04:05.678", "12.30",
                        "2026-01-02 04:00:00.000 Europe/Madrid", "[1, 2]"],
                       ["", None, "NaN", "false", None, None, None, None, None],
                       ['a "quote", a\nline\r\nand ü', "-9223372036854775808", "-0.5", None, "1999-12-31", None, "-0.01", None, ""]]
        athena.order = [8, 0, 7, 2, 1, 3, 6, 5, 4]
        document = place.do(*RUN, "--sql", "SELECT 1").document
        assert [column["type"] for column in document["columns"]] == [
            "varchar", "bigint", "double", "boolean", "date", "timestamp(3)", "decimal(10,2)", "timestamp(3) with time zone", "varchar"], document
        assert [column["name"] for column in document["columns"]] == list("abcdefghi"), document
        rows = document["rows"]
        assert rows[0][0] is None and rows[1][0] == "" and rows[2][0] == 'a "quote", a\nline\r\nand ü', rows
        assert rows[0][1:4] == [7, 1.0e10, True] and rows[0][4:6] == ["2026-01-02", "2026-01-02 03:04:05.678"], rows
        assert str(rows[0][6]) in ("12.30", "12.3") and rows[0][7] == "2026-01-02 04:00:00.000 Europe/Madrid", rows
        assert rows[1][1] is None and rows[1][2] == "NaN" and rows[2][1] == -9223372036854775808, rows


def price_is_right():
    for read, billed in ((0, 0), (1, 10), (10000000, 10), (10000001, 11), (123456789, 124), (3 * 10 ** 12, 3000000)):
        with place_with_athena(price_per_tb=6.25, max_scan_mb=2000000000) as (place, _, athena):
            athena.bytes = read
            result = place.do(*RUN, "--sql", "SELECT 1")
            run, = place.do("--json", "query", "--history").document["runs"]
            assert abs(run["price_usd"] - billed * 6.25 / 10 ** 6) < 1e-9 and run["bytes"] == read, (read, run)
            assert "Athena read" in result.err and "$" in result.err, result


def large_result_comes_in_parts():
    with place_with_athena() as (place, aws, athena):
        athena.columns = [("n", "bigint"), ("text", "varchar")]
        athena.rows = [[str(n), f"row {n} " + "x" * 200] for n in range(60000)]
        document = place.do(*RUN, "--sql", "SELECT 1").document
        assert [row[0] for row in document["rows"]] == list(range(60000))
        parts = [request for request, _ in aws.requests if request.operation == "GetObject" and request.key.startswith("results/")]
        assert len(parts) == 2 and all("range" in part.headers for part in parts), len(parts)
        assert "if-match" not in parts[0].headers and "if-match" in parts[1].headers


def changed_result_is_refused():
    with place_with_athena() as (place, aws, athena):
        athena.columns, athena.rows = [("text", "varchar")], [["x" * 1000]] * 20000

        def script(request, _):
            if request.key.startswith("results/") and not request.headers["range"].startswith("bytes=0-"):
                aws.put(request.key, b'"text"\n"other"\n')

        aws.script = script
        result = place.run(*RUN, "--sql", "SELECT 1")
        assert result.status == 1 and "PreconditionFailed" in result.err, result


def reuse_costs_nothing():
    with place_with_athena() as (place, _, athena):
        place.do(*RUN, "--sql", "SELECT 1", "--reuse", "60")
        result = place.do(*RUN, "--sql", "SELECT 1", "--reuse", "60")
        assert athena.executions[1].orders["ResultReuseConfiguration"] == {
            "ResultReuseByAgeConfiguration": {"Enabled": True, "MaxAgeInMinutes": 60}}
        assert "nothing was read" in result.err, result
        assert athena.executions[0].orders["ClientRequestToken"] != athena.executions[1].orders["ClientRequestToken"]


def repeated_start_starts_nothing():
    with place_with_athena() as (place, aws, athena):
        aws.script = lambda request, n: fake_aws.Fault(silent=True) if request.operation == "StartQueryExecution" and n == 1 else None
        place.do(*RUN, "--sql", "SELECT 1")
        assert aws.count("StartQueryExecution") == 2 and len(athena.executions) == 1


def interrupt_stops_it_there():
    with place_with_athena() as (place, _, athena):
        athena.waits = 10 ** 6
        process = place.start(*RUN, "--sql", "SELECT 1", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert restaurant.wait_until(lambda: athena.executions and athena.executions[0].looks > 0, 30)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert process.returncode == 1 and athena.stopped == [athena.executions[0].id], (process.returncode, athena.stopped)
        run, = place.do("--json", "query", "--history").document["runs"]
        assert run["state"] == "cancelled" and run["bytes"] == athena.bytes and run["price_usd"] > 0, run


def over_the_cut_off_it_is_not_sent():
    with place_with_athena(max_scan_mb=10) as (place, aws, athena):
        aws.put("raw/orders/dt=2026-01-05/large.json", b"x" * 10_500_000)
        result = place.run(*RUN, "--sql", "SELECT count(*) FROM orders o JOIN answers a ON o.store_id = a.store_id WHERE a.dt = '2026-01-05'")
        assert result.status == 1 and "arrived: orders." in result.err, result
        assert athena.executions == [] and aws.count("StartQueryExecution") == 0
        result = place.run(*RUN, "--sql", "SELECT count(*) FROM orders WHERE dt BETWEEN '2026-01-01' AND '2026-01-31'")
        assert result.status == 1 and "fewer days" in result.err, result
        place.do(*RUN, "--sql", "SELECT count(*) FROM orders WHERE dt = '2026-01-04'")
        place.do(*RUN, "--sql", "SELECT count(*) FROM orders o JOIN answers a ON o.dt = a.dt WHERE a.dt = '2026-01-04'")
        athena.reason = "Query cancelled! : Bytes scanned limit was exceeded"
        result = place.run(*RUN, "--sql", "SELECT count(*) FROM events")
        assert result.status == 1 and "events" in result.err and "dt" in result.err, result


def estimate_is_told_before():
    with place_with_athena() as (place, aws, athena):
        day = sum(len(kept.data) for key, kept in aws.objects.items() if "/dt=2026-01-05/" in key or "/dt=2026-01-06/" in key)
        told = place.do(*RUN, "--estimate", "--sql", "SELECT count(*) FROM answers WHERE dt > CAST(:day AS varchar) AND dt <= '2026-01-06'",
                        "--param", "day=2026-01-04").document
        assert told["bytes"] == day and told["billed_bytes"] == 10000000 and told["price_usd"] == 0.00005, told
        assert told["reads"] == [{"table": "answers", "bounded": True, "from": "2026-01-05", "to": "2026-01-06"}], told
        told = place.do(*RUN, "--estimate", "worst-tables", "--from", "2026-01-05", "--to", "2026-01-05").document
        assert told["reads"][0]["from"] == "2026-01-04" and told["reads"][0]["bounded"], told
        assert athena.executions == []


def failures_say_what_is_wrong():
    with place_with_athena() as (place, _, athena):
        # The codes are those of SobreQueryErrorCode: name, runtime, syntax, failed.
        for reason, code in (("SYNTAX_ERROR: line 1:8: Column 'x' cannot be resolved", 2), ("DIVISION_BY_ZERO: / by zero", 4),
                             ("SYNTAX_ERROR: line 1:1: mismatched input", 0), ("GENERIC_INTERNAL_ERROR", 8)):
            athena.reason = reason
            result = place.run(*RUN, "--sql", "SELECT x")
            assert result.status == 1 and reason in result.err, result
            assert result.document["error"]["code"] == code, (code, result)
        for sql in ("DROP TABLE x", "INSERT INTO x SELECT 1", "", "SELECT 'x", "SELECT :nothing"):
            before = len(athena.executions)
            assert place.run(*RUN, "--sql", sql).status == 1 and len(athena.executions) == before, sql


def kept_result_shows_with_no_network():
    with place_with_athena() as (place, aws, athena):
        athena.columns, athena.rows = [("text", "varchar")], [[None], [""], ["kept"]]
        first = place.do(*RUN, "--sql", "SELECT :a", "--param", "a=1").document
        aws.forget_requests()
        again = place.do(*RUN, "--kept", "--sql", "SELECT :a", "--param", "a=1")
        assert again.document == first and "old" in again.err and aws.count() == 0, again
        result = place.run(*RUN, "--kept", "--sql", "SELECT :a", "--param", "a=2")
        assert result.status == 1 and "kept" in result.err, result
        assert os.stat(place.path("restaurant", ".sobremesa", "athena", "runs.jsonl")).st_mode & 0o077 == 0


def history_sums_months():
    with place_with_athena() as (place, _, athena):
        for _ in range(2):
            place.do(*RUN, "--sql", "SELECT 1")
        path = place.path("restaurant", ".sobremesa", "athena", "runs.jsonl")
        with open(path, encoding="utf-8") as file:
            line = json.loads(file.readline())
        with open(path, "r+", encoding="utf-8") as file:
            kept = file.read()
            file.seek(0)
            file.write(json.dumps({**line, "at": line["at"] - 40 * 86400000}) + "\nno JSON\n" + kept)
        months = place.do("--json", "query", "--history").document["months"]
        assert [month["runs"] for month in months] == [1, 2], months
        assert abs(months[1]["price_usd"] - 2 * line["price"]) < 1e-12 and months[1]["bytes"] == 2 * athena.bytes, months
        assert months[0]["month"] in place.do("query", "--history").out


def options_fit_together():
    with place_with_athena() as (place, _, _):
        for arguments in (("--engine", "presto"), ("--estimate",), ("--kept",), ("--reuse", "5")):
            assert place.run("query", "--sql", "SELECT 1", *arguments).status == 2, arguments
        place.do("sync")
        assert place.do("--json", "query", "--engine", "local", "--sql", "SELECT count(*) FROM responses").document["rows"][0][0] > 200


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        what_is_sent, null_is_no_empty_text_and_names_count, price_is_right, large_result_comes_in_parts, changed_result_is_refused,
        reuse_costs_nothing, repeated_start_starts_nothing, interrupt_stops_it_there, over_the_cut_off_it_is_not_sent,
        estimate_is_told_before, failures_say_what_is_wrong, kept_result_shows_with_no_network, history_sums_months,
        options_fit_together)])
