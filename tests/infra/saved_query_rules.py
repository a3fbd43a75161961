#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every saved query that comes with the program keeps to, beside what its own reader refuses."""

import datetime
import functools
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import tap

PLACE = restaurant.Restaurant()
FOLDER = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "infra", "queries")
NEEDED = {"date": "2026-01-01", "varchar": "x", "integer": "1"}
COLUMNS = 128


def read(name):
    with open(os.path.join(FOLDER, name + ".sql"), encoding="utf-8") as file:
        return file.read()


def body(name):
    return "\n".join(line for line in read(name).splitlines() if not line.lstrip().startswith("--"))


@functools.cache
def listed():
    return PLACE.do("--json", "query").document["queries"]


@functools.cache
def run(name):
    query = next(query for query in listed() if query["name"] == name)
    arguments = []
    for parameter in query["parameters"]:
        if parameter["default"] is None:
            arguments += ["--" + parameter["name"].replace("_", "-"), NEEDED[parameter["type"]]]
    return PLACE.do("--json", "query", query["name"], *arguments).document


def every_file_is_understood():
    document = PLACE.do("--json", "query").document
    assert document["errors"] == [], document["errors"]
    names = {query["name"] for query in document["queries"]}
    assert names == {name.removesuffix(".sql") for name in os.listdir(FOLDER) if name.endswith(".sql")}, names
    assert len(names) >= 15, names


def each_says_what_it_is():
    titles = set()
    for query in listed():
        assert query["title"] not in titles, query
        titles.add(query["title"])
        assert query["description"] and not query["description"].endswith("."), query
        assert query["title"][0].isupper() and not query["title"].endswith("."), query
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", query["name"]), query


def each_runs_and_has_its_chart_columns():
    for query in listed():
        document = run(query["name"])
        columns = [column["name"] for column in document["columns"]]
        assert len(set(columns)) == len(columns) and not any(name.startswith("_col") for name in columns), (query["name"], columns)
        assert query["chart"] is not None, query["name"]
        if query["chart"]["kind"] != "table":
            types = {column["name"]: column["type"] for column in document["columns"]}
            assert query["chart"]["x"] in columns and query["chart"]["y"] in columns, (query["name"], columns)
            assert types[query["chart"]["y"]] in ("bigint", "integer", "double"), (query["name"], types)


def each_parameter_is_an_option():
    for query in listed():
        text = PLACE.do("query", query["name"], "--help").out
        assert query["title"] in text and query["description"] in text, text
        for parameter in query["parameters"]:
            assert f"--{parameter['name'].replace('_', '-')} " in text.partition("Options:")[2], (parameter, text)


def order_keys(name):
    """(column, descending) of the last ORDER BY, which is the whole query's."""
    clause = body(name).rpartition("ORDER BY")[2].partition("LIMIT")[0]
    return [(key.split()[0], key.upper().endswith(" DESC")) for key in clause.replace("\n", " ").strip().split(", ")]


def each_orders_its_rows_totally():
    """By columns of the result alone, and no two rows are alike in all of them, on a year of answers."""
    for query in listed():
        document = run(query["name"])
        columns = [column["name"] for column in document["columns"]]
        keys = order_keys(query["name"])
        places = [columns.index(column) for column, _ in keys]
        ranks = [tuple(row[place] for place in places) for row in document["rows"]]
        assert len(set(ranks)) == len(ranks), (query["name"], keys)
        for number, (_, descending) in reversed(list(enumerate(keys))):
            ranks.sort(key=lambda rank, number=number, descending=descending: sort_value(rank[number], descending), reverse=descending)
        assert ranks == [tuple(row[place] for place in places) for row in document["rows"]], query["name"]


def sort_value(value, descending):
    """NULLs are last in either direction."""
    return (value is None) != descending, "" if value is None else value


def each_prunes_by_dt():
    """Only dt prunes in the lake: each table that is read has both days, and no query reads everything."""
    for query in listed():
        text = body(query["name"])
        tables = re.findall(r"\b(?:FROM|JOIN) (?:responses|answers|events|orders)\b", text)
        assert tables, query["name"]
        assert len(re.findall(r"\bdt >= CAST\(.* AS varchar\)", text)) == len(tables), query["name"]
        assert len(re.findall(r"\bAND (?:\w+\.)?service_day (?:BETWEEN|>=) ", text)) == len(tables), query["name"]


def none_hides_behind_an_option_of_the_command():
    own = {"sql", "param", "format", "workspace", "json", "quiet", "help", "version", "engine", "estimate"}
    for query in listed():
        assert not own & {parameter["name"] for parameter in query["parameters"]}, query


def default_days_are_whole():
    """With no day given a query looks back from today, and says so in its help."""
    assert "today-27" in PLACE.do("query", "days", "--help").out
    today = datetime.date.today()
    rows = PLACE.do("--json", "query", "days").document["rows"]
    assert rows, "the sample ends yesterday"
    assert all(today - datetime.timedelta(days=29) <= datetime.date.fromisoformat(row[0]) <= today for row in rows), rows


def lines_are_short():
    for name in os.listdir(FOLDER):
        if name.endswith(".sql"):
            assert max(map(len, read(name.removesuffix(".sql")).splitlines())) <= COLUMNS, name


CASES = [every_file_is_understood, each_says_what_it_is, each_runs_and_has_its_chart_columns, each_parameter_is_an_option,
         each_orders_its_rows_totally, each_prunes_by_dt, none_hides_behind_an_option_of_the_command, default_days_are_whole,
         lines_are_short]

if __name__ == "__main__":
    with PLACE:
        PLACE.do("init", "--sample")
        PLACE.do("sync")
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
