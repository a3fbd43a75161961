#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each saved query that comes with the program, run by the program on a made-up lake, against the same figures reckoned from the lines."""

import collections
import datetime
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import tap
import visit_lake

LAST_DAY = datetime.date(2025, 11, 10)  # summer time ends on 2025-10-26
FROM, TO, STORE = "2025-10-01", "2025-11-04", "harbour"
PLACE = restaurant.Restaurant()
QUERIES = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "infra", "queries")
ROWS = None


def day(text, offset=0):
    return (datetime.date.fromisoformat(text) + datetime.timedelta(days=offset)).isoformat()


def weekday(row):
    return datetime.date.fromisoformat(row["service_day"]).isoweekday()


def chosen(rows, verified=True, store=STORE, first=FROM, last=TO):
    return [row for row in rows if first <= row["service_day"] <= last and row["store_id"] == (store or row["store_id"])
            and (not verified or row["verified"])]


def scores(**more):
    return [row for row in chosen(ROWS.answers, **more) if row["kind"] in ("stars", "smiley")]


def groups(rows, *keys):
    found = collections.defaultdict(list)
    for row in rows:
        found[tuple(key(row) if callable(key) else row[key] for key in keys)].append(row)
    return found.items()


def mean(rows, member="score"):
    values = [row[member] for row in rows if row[member] is not None]
    return sum(values) / len(values) if values else None


def low(rows):
    return sum(row["score"] is not None and row["score"] <= 2 for row in rows)


def worst_tables():
    return [(*key, len(rows), mean(rows), low(rows)) for key, rows in groups(scores(), "store_id", "table_id") if len(rows) >= 20]


def hours():
    return [(*key, len(rows), mean(rows), low(rows)) for key, rows in groups(scores(), "hour")]


def hour_by_weekday():
    return [(*key, len(rows), mean(rows)) for key, rows in groups(scores(), weekday, "hour")]


def dishes():
    named = [row for row in chosen(ROWS.answers) if row["item"] is not None]
    return [(*key, len(rows), sum(row["score"] is not None for row in rows), mean(rows), low(rows)) for key, rows in groups(named, "item")]


def questions():
    asked = [row for row in chosen(ROWS.answers) if row["score"] is not None]
    return [(*key, len(rows), mean(rows), min(row["score"] for row in rows),
             100 * sum(row["score"] <= (6 if key[1] == "nps" else 2) for row in rows) / len(rows))
            for key, rows in groups(asked, "question", "kind")]


def choices():
    return [(*key, len(rows)) for key, rows in groups([row for row in chosen(ROWS.answers) if row["choice"] is not None], "question", "choice")]


def staff_shifts():
    asked = [row for row in chosen(ROWS.answers) if row["question"] == "service" and row["score"] is not None]
    return [(*key, len(rows), len(rows) / len({row["service_day"] for row in rows}), mean(rows), low(rows))
            for key, rows in groups(asked, weekday, lambda row: "lunch" if 6 <= row["hour"] < 18 else "dinner")]


def before_after():
    asked = [row for row in chosen(ROWS.answers, first=day(FROM, 4), last=day(FROM, 23)) if row["score"] is not None]
    made = []
    for (question,), rows in groups(asked, "question"):
        before = [row for row in rows if row["service_day"] < day(FROM, 14)]
        after = [row for row in rows if row["service_day"] >= day(FROM, 14)]
        made.append((question, len(before), len(after), mean(before), mean(after), mean(after) - mean(before)))
    return made


def languages():
    made = []
    rated = scores()
    for (language,), rows in groups(chosen(ROWS.responses), "language"):
        comments = sum(row["comment"] is not None for row in rows)
        ids = {row["id"] for row in rows}
        own = [row for row in rated if row["id"] in ids]
        made.append((language, len(rows), comments, 100 * comments / len(rows), mean(rows, "duration_ms") / 1000, len(own), mean(own)))
    return made


def answer_time():
    timed = [row for row in chosen(ROWS.responses) if row["duration_ms"] is not None]
    return [(*key, len(rows), sum(row["comment"] is not None for row in rows))
            for key, rows in groups(timed, lambda row: min(row["duration_ms"] // 10000, 12) * 10)]


def verified():
    return [(*key, len(rows), mean(rows), low(rows)) for key, rows in groups(scores(verified=False), "verified")]


def nps_by_month():
    asked = [row for row in chosen(ROWS.answers) if row["kind"] == "nps"]
    made = []
    for (month,), rows in groups(asked, lambda row: row["service_day"][:8] + "01"):
        promoters, detractors = sum(row["score"] >= 9 for row in rows), sum(row["score"] <= 6 for row in rows)
        made.append((month, len(rows), promoters, detractors, 100 * (promoters - detractors) / len(rows)))
    return made


def days():
    return [(*key, len(rows), mean(rows), low(rows)) for key, rows in groups(scores(), "service_day")]


def stores():
    return [(*key, len(rows), mean(rows), 100 * low(rows) / len(rows)) for key, rows in groups(scores(store=""), "question", "store_id")]


def comments_with():
    found = [row for row in chosen(ROWS.responses) if "slow" in (row["comment"] or "").lower()]
    made = [(local_minute(row["submitted_at"]), row["store_id"], row["table_id"], row["language"], row["comment"], row["id"]) for row in found]
    return sorted(sorted(made, key=lambda row: row[-1]), key=lambda row: row[0], reverse=True)[:7]


def local_minute(text):
    local = datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ROWS.zone)
    return f"{local:%Y-%m-%d %H:%M}"


def visits(rows):
    return len({row["visit"] for row in rows})


def visits_by_hour():
    opened = [row for row in chosen(ROWS.events, verified=False) if row["action"] == "open"]
    return [(*key, visits(rows), sum(row["page"] == "menu" for row in rows), sum(row["page"] == "form" for row in rows))
            for key, rows in groups(opened, "hour")]


def funnel():
    steps = [("menu opened", "menu", "open"), ("dish looked at", "menu", "item"), ("form opened", "form", "open"), ("form begun", "form", "start"),
             ("question reached", "form", "question"), ("answer sent", "form", "submit")]
    events = chosen(ROWS.events, verified=False)
    return [(place, step, visits([row for row in events if (row["page"], row["action"]) == (page, action)]))
            for place, (step, page, action) in enumerate(steps, 1)]


def drop_off():
    asked = [row for row in chosen(ROWS.events, verified=False) if row["page"] == "form" and row["action"] == "question"]
    return [(*key, visits(rows)) for key, rows in groups(asked, "target")]


def top_dishes():
    return [(*key, sum(row["quantity"] for row in rows), sum(row["amount"] for row in rows), len(rows))
            for key, rows in groups(chosen(ROWS.orders, verified=False), "item", "currency")]


def sales_by_hour():
    return [(*key, len(rows), sum(row["quantity"] for row in rows), sum(row["amount"] for row in rows))
            for key, rows in groups(chosen(ROWS.orders, verified=False), weekday, "hour")]


def complaints():
    made = []
    for (answer,), rows in groups([row for row in scores() if row["score"] <= 2], "id"):
        response, = [row for row in ROWS.responses if row["id"] == answer]
        if response["comment"] is not None:
            made.append((min(row["score"] for row in rows), local_minute(response["submitted_at"]), response["store_id"], response["table_id"],
                         response["comment"], answer))
    return sorted(sorted(made, key=lambda row: (row[1], tuple(-ord(letter) for letter in row[-1])), reverse=True), key=lambda row: row[0])[:9]


def dish_interest():
    looks = dict(groups([row for row in chosen(ROWS.events, verified=False) if row["action"] == "item"], "target"))
    sold = dict(groups([row for row in chosen(ROWS.orders, verified=False) if row["item_id"] is not None], "item_id"))
    rated = dict(groups([row for row in chosen(ROWS.answers) if row["item"] is not None], "item"))
    return [(*key, visits(looks.get(key, [])), sum(row["quantity"] for row in sold.get(key, [])), len(rated.get(key, [])),
             mean(rated.get(key, []))) for key in looks.keys() | rated.keys()]


def bill_and_rating():
    rated = dict(groups(scores(), "store_id", "table_id", "service_day", "hour"))
    orders = [row for row in chosen(ROWS.orders, verified=False) if row["table_id"] is not None]
    joined = []
    for key, rows in groups(orders, "store_id", "table_id", "service_day", "hour"):
        cents = round(100 * sum(row["amount"] for row in rows))
        if cents >= 0 and key in rated:
            joined.append((cents // 1500 * 15, rated[key]))
    return [(*key, len(pairs), sum(len(rows) for _, rows in pairs), mean([row for _, rows in pairs for row in rows]))
            for key, pairs in groups(joined, 0)]


def load_and_rating():
    asked = [row for row in chosen(ROWS.answers, store="") if row["question"] == "service" and row["score"] is not None]
    rated = dict(groups(asked, "store_id", "service_day", "hour"))
    joined = [(len(rows) // 3 * 3, rated[key])
              for key, rows in groups(chosen(ROWS.orders, verified=False, store=""), "store_id", "service_day", "hour") if key in rated]
    made = []
    for key, pairs in groups(joined, 0):
        rows = [row for _, rated in pairs for row in rated]
        made.append((*key, len(pairs), len(rows), mean(rows), low(rows)))
    return made


def orders_against_rating():
    asked = [row for row in chosen(ROWS.answers) if row["question"] == "service" and row["score"] is not None]
    rated = dict(groups(asked, "hour"))
    ordered = dict(groups(chosen(ROWS.orders, verified=False), "hour"))
    return [(*key, len(ordered.get(key, [])), len(rated.get(key, [])), mean(rated.get(key, [])), low(rated.get(key, [])))
            for key in ordered.keys() | rated.keys()]


def monday(row):
    return day(row["service_day"], 1 - weekday(row))


def week_over_week():
    weeks = dict(groups(scores(first=day(FROM, -2)), monday))
    made = []
    for key, rows in weeks.items():
        before = weeks.get((day(key[0], -7),))
        made.append((*key, len(rows), mean(rows), low(rows), None if before is None else len(rows) - len(before),
                     None if before is None else mean(rows) - mean(before)))
    return made


SPAN = ["--from", FROM, "--to", TO]
PLACED = [*SPAN, "--store", STORE]
# Each query: the arguments that it is run with, what it shall give, and how many columns tell its rows apart.
CASES = {
    "answer-time": (PLACED, answer_time, 1),
    "before-after": (["--day", day(FROM, 14), "--days", "10", "--store", STORE], before_after, 1),
    "bill-and-rating": ([*PLACED, "--step", "15"], bill_and_rating, 1),
    "choices": (PLACED, choices, 2),
    "comments-with": ([*PLACED, "--word", "SLOW", "--rows", "7"], comments_with, 6),
    "complaints": ([*PLACED, "--rows", "9"], complaints, 6),
    "days": (PLACED, days, 1),
    "dish-interest": (PLACED, dish_interest, 1),
    "dishes": (PLACED, dishes, 1),
    "drop-off": (PLACED, drop_off, 1),
    "funnel": (PLACED, funnel, 2),
    "hour-by-weekday": (PLACED, hour_by_weekday, 2),
    "hours": (PLACED, hours, 1),
    "languages": (PLACED, languages, 1),
    "load-and-rating": ([*SPAN, "--step", "3"], load_and_rating, 1),
    "nps-by-month": (PLACED, nps_by_month, 1),
    "orders-against-rating": (PLACED, orders_against_rating, 1),
    "questions": (PLACED, questions, 2),
    "sales-by-hour": (PLACED, sales_by_hour, 2),
    "staff-shifts": ([*PLACED, "--dinner", "18"], staff_shifts, 2),
    "stores": (SPAN, stores, 2),
    "top-dishes": (PLACED, top_dishes, 2),
    "verified": (PLACED, verified, 1),
    "visits-by-hour": (PLACED, visits_by_hour, 1),
    "week-over-week": (PLACED, week_over_week, 1),
    "worst-tables": ([*PLACED, "--least", "20"], worst_tables, 2),
}


def same(got, expected, decimals):
    if isinstance(got, float) or isinstance(expected, float):
        return got is not None and expected is not None and abs(got - expected) <= 0.5 * 10 ** -decimals + 1e-9
    return got == expected


def check(name):
    """The program's rows are the reckoned ones, whatever their order, which saved_query_rules.py looks at."""
    arguments, reckon, n_keys = CASES[name]
    document = PLACE.do("--json", "query", name, *arguments).document
    columns = [column["name"] for column in document["columns"]]
    got = {tuple(row[:n_keys]): row for row in document["rows"]}
    expected = {tuple(row[:n_keys]): row for row in reckon()}
    assert len(got) == len(document["rows"]), f"{name}: rows that are not told apart"
    assert len(expected) > 1, f"{name}: the lake has nothing to say"
    assert got.keys() == expected.keys(), (name, sorted(map(str, got.keys() ^ expected.keys())))
    for key, row in got.items():
        for column, cell, right in zip(columns, row, expected[key], strict=True):
            decimals = 1 if column.endswith(("percent", "seconds", "a_day", "nps")) else 2
            assert same(cell, right, decimals), (name, key, column, cell, right)


def no_query_is_left_out():
    shipped = {name.removesuffix(".sql") for name in os.listdir(QUERIES) if name.endswith(".sql")}
    assert shipped == set(CASES), shipped ^ set(CASES)
    listed = {query["name"] for query in PLACE.do("--json", "query").document["queries"]}
    assert listed == shipped, listed ^ shipped


def make():
    visit_lake.settle(PLACE, visit_lake.Maker(LAST_DAY))
    return visit_lake.Rows(PLACE.workspace)


if __name__ == "__main__":
    with PLACE:
        ROWS = make()
        tap.run([("no query is left out", no_query_is_left_out)] +
                [(name.replace("-", " "), lambda name=name: check(name)) for name in sorted(CASES)])
