#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that dashboards show of visits, dishes and orders, against the answers of the saved queries on the same cache.

Phones with a wrong clock are left out: their answers' hour is the hour of arrival in a figure and the phone's own hour in a query.
"""

import datetime
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import tap
import visit_lake

LAST_DAY = datetime.date(2025, 11, 10)  # summer time ends on 2025-10-26
SPANS = (("2025-10-01", "2025-11-04"), ("2025-10-25", "2025-10-27"), ("2025-01-01", "2025-12-31"))
STORES = ("harbour", "market", "")
STEP = 3
PLACE = restaurant.Restaurant()
ASK = sys.argv[1]


def figures(span, store, question=""):
    done = subprocess.run([ASK, PLACE.workspace, *span, store, question, str(STEP)], env=PLACE.env, check=True, timeout=60,
                          stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def query(name, span, store, *more):
    """A saved query's rows, each a dict by its columns."""
    arguments = ["--from", span[0], "--to", span[1], *(["--store", store] if store else []), *more]
    document = PLACE.do("--json", "query", name, *arguments).document
    columns = [column["name"] for column in document["columns"]]
    return [dict(zip(columns, row, strict=True)) for row in document["rows"]]


def same(figure, cell):
    """A query rounds its means to two decimals."""
    if isinstance(figure, float) or isinstance(cell, float):
        return figure is not None and cell is not None and abs(figure - cell) <= 0.005 + 1e-9
    return figure == cell


def compare(rows, expected, key, members):
    """ROWS are the figures and EXPECTED the query's; both have a row for the same keys, and the same in all MEMBERS."""
    found = {row[key]: row for row in rows}
    wanted = {row[key]: row for row in expected}
    assert found.keys() == wanted.keys(), (sorted(map(str, found.keys() ^ wanted.keys())))
    for name, row in wanted.items():
        for member in members:
            assert same(found[name][member], row[member]), (name, member, found[name], row)


def everywhere(check):
    """CHECK for each span and store; each has something to say at least once."""
    said = [check(span, store) for span in SPANS for store in STORES]
    assert max(said) > 1, said


def funnel():
    def check(span, store):
        steps = figures(span, store)["steps"]
        assert steps == [row["visits"] for row in query("funnel", span, store)], steps
        return steps[0]
    everywhere(check)


def drop_off():
    def check(span, store):
        reach, rows = figures(span, store)["reach"], query("drop-off", span, store)
        assert [(row["question"], row["visits"]) for row in reach] == [(row["question"], row["visits"]) for row in rows], (reach, rows)
        return len(rows)
    everywhere(check)


def dish_interest():
    def check(span, store):
        rows = query("dish-interest", span, store)
        compare(figures(span, store)["dishes"], rows, "item", ("visits", "sold", "scores", "mean"))
        return len(rows)
    everywhere(check)


def dishes():
    def check(span, store):
        rows = query("dishes", span, store)
        compare([dish for dish in figures(span, store)["dishes"] if dish["named"] > 0], rows, "item", ("named", "scores", "mean", "low"))
        return len(rows)
    everywhere(check)


def by_hour(found):
    return [dict(row, hour_of_day=hour) for hour, row in enumerate(found["hours"])]


def visits_by_hour():
    def check(span, store):
        rows = [{"hour_of_day": row["hour_of_day"], "visits": row["visits"], "menus": row["menus_opened"], "forms": row["forms_opened"]}
                for row in query("visits-by-hour", span, store)]
        compare([row for row in by_hour(figures(span, store)) if row["visits"] > 0], rows, "hour_of_day", ("visits", "menus", "forms"))
        return len(rows)
    everywhere(check)


def orders_against_rating():
    def check(span, store):
        rows = query("orders-against-rating", span, store)
        hours = [row for row in by_hour(figures(span, store, "service")) if row["lines"] > 0 or row["scores"] > 0]
        compare(hours, rows, "hour_of_day", ("lines", "scores", "mean", "low"))
        return len(rows)
    everywhere(check)


def load_and_rating():
    def check(span, store):
        rows = query("load-and-rating", span, store, "--step", str(STEP))
        compare(figures(span, store, "service")["loads"], rows, "lines_from", ("hours", "scores", "mean", "low"))
        return len(rows)
    everywhere(check)


def ratings_of_all_questions_by_hour():
    def check(span, store):
        rows = query("hours", span, store)
        hours = [row for row in by_hour(figures(span, store)) if row["scores"] > 0]
        compare(hours, [dict(row, mean=row["mean"]) for row in rows], "hour_of_day", ("scores", "mean", "low"))
        return len(rows)
    everywhere(check)


if __name__ == "__main__":
    with PLACE:
        visit_lake.settle(PLACE, visit_lake.Maker(LAST_DAY, wrong_clocks=0))
        tap.run([(check.__name__.replace("_", " "), check) for check in (
            funnel, drop_off, dish_interest, dishes, visits_by_hour, orders_against_rating, load_and_rating, ratings_of_all_questions_by_hour)])
