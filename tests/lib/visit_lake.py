# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up lake with all three datasets, and its content read independently of the program: what queries are checked against.

Everything that the queries could get wrong is in it: nights past midnight, the end of summer time, answers that came hours or days
later, phones with a wrong clock, invalid cards, doubled records with another body, refunds, lines without a table, and texts with quotes.
"""

import datetime
import glob
import gzip
import json
import os
import random
import shutil
import zoneinfo

from small_lake import format_time, make_id

ZONE = "Europe/Berlin"
CUTOFF_HOUR = 4
DAYS = 70
STORES = {"harbour": 9, "market": 5}
LANGUAGES = ("en", "de", "es", "ar")
DISHES = ("fish-soup", "riesling", "o'brien pie", "=cake", "Crème brûlée")
QUESTIONS = ("overall", "food", "service", "recommend")
COMMENTS = ("The soup was cold", "=1+1", "So SLOW tonight", "lovely evening, \"really\"", "slow, but the Soup!", "sehr schön", "+49 call me")
MINUTE, HOUR, DAY = 60000, 3600000, 86400000


def milliseconds(text):
    return round(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


class Maker:
    """Makes lines for the DAYS that end on LAST_DAY; the same seed makes the same lines. WRONG_CLOCKS is the share of phones that have one."""

    def __init__(self, last_day, seed=7, wrong_clocks=0.01):
        self.dice = random.Random(seed)
        self.wrong_clocks = wrong_clocks
        self.zone = zoneinfo.ZoneInfo(ZONE)
        self.first_day = last_day - datetime.timedelta(days=DAYS - 1)
        self.lines = {}

    def add(self, dataset, arrival, record):
        day = datetime.datetime.fromtimestamp(arrival // 1000, datetime.timezone.utc).date().isoformat()
        self.lines.setdefault((dataset, day), []).append(json.dumps(record, ensure_ascii=False))

    def instant(self, day):
        """A moment of a service day: lunch, dinner, or after midnight."""
        hour = self.dice.choice((11, 12, 12, 13, 14, 17, 18, 19, 19, 20, 20, 21, 22, 23, 24, 25, 26))
        local = datetime.datetime.combine(day, datetime.time(), self.zone) + datetime.timedelta(hours=hour, minutes=self.dice.randrange(60))
        return round(local.timestamp() * 1000) + self.dice.randrange(MINUTE)

    def answers(self, table):
        made = []
        for question in QUESTIONS:
            if self.dice.random() < 0.15:
                continue
            kind = {"overall": "smiley", "recommend": "nps"}.get(question, "stars")
            low, high = (0, 10) if kind == "nps" else (1, 5)
            mood = self.dice.triangular(low, high + 0.99, low + (high - low) * (0.9 - 0.06 * table))
            made.append({"question": question, "kind": kind, "score": min(int(mood), high)})
        if self.dice.random() < 0.4:
            made.append({"question": "dish", "kind": "stars", "score": self.dice.randrange(1, 6), "item": self.dice.choice(DISHES)})
        if self.dice.random() < 0.3:
            made.append({"question": "wrong", "kind": "choice", "choice": self.dice.choice(("waiting", "noise", "price"))})
        if self.dice.random() < 0.1:
            made.append({"question": "wish", "kind": "text", "text": "more \"bread\""})
        return made

    def response(self, instant, store, table):
        late = self.dice.choice((0, 0, 0, 0, 0, 5 * HOUR, 3 * DAY))
        submitted = instant - 40 * DAY if self.dice.random() < self.wrong_clocks else instant
        record = {
            "v": 1, "id": make_id(self.dice, instant), "submitted_at": format_time(submitted), "received_at": format_time(instant + late + 300),
            "store_id": store, "table_id": str(table), "verified": self.dice.random() > 0.1, "form_id": "table", "form_version": 1,
            "language": self.dice.choices(LANGUAGES, (6, 4, 2, 1))[0], "answers": self.answers(table), "channel": "local",
        }
        if self.dice.random() < 0.9:
            record["duration_ms"] = self.dice.randrange(4000, 200000)
        if self.dice.random() < 0.3:
            record["comment"] = self.dice.choice(COMMENTS)
        self.add("responses", instant + late + 300, record)
        if self.dice.random() < 0.05:
            other = dict(record, received_at=format_time(instant + late + 2 * HOUR), comment="changed my mind", verified=True)
            self.add("responses", instant + late + 2 * HOUR, other)

    def event(self, instant, visit, store, table, page, action, target=None):
        record = {"v": 1, "id": make_id(self.dice, instant), "at": format_time(instant), "received_at": format_time(instant + 700),
                  "visit": visit, "store_id": store, "page": page, "action": action, "ms": self.dice.randrange(60000)}
        if table is not None:
            record["table_id"] = str(table)
        if target is not None:
            record["target"] = target
        for _ in range(2 if self.dice.random() < 0.03 else 1):
            self.add("events", instant + 700, record)

    def visit(self, instant, store, table):
        visit = f"{self.dice.getrandbits(64):016x}"
        if self.dice.random() < 0.7:
            self.event(instant, visit, store, table, "menu", "open")
            for _ in range(self.dice.randrange(4)):
                self.event(instant + 20000, visit, store, table, "menu", "item", self.dice.choice(DISHES))
        if self.dice.random() < 0.7:
            self.event(instant + MINUTE, visit, store, table, "form", "open")
            if self.dice.random() < 0.8:
                self.event(instant + 2 * MINUTE, visit, store, table, "form", "start")
                for question in QUESTIONS:
                    if self.dice.random() < 0.12:
                        self.event(instant + 3 * MINUTE, visit, store, table, "form", "leave")
                        return
                    self.event(instant + 3 * MINUTE, visit, store, table, "form", "question", question)
                self.event(instant + 4 * MINUTE, visit, store, table, "form", "submit")
                self.response(instant + 4 * MINUTE, store, table)

    def order(self, instant, store, table):
        dish = self.dice.randrange(len(DISHES))
        record = {"v": 1, "id": make_id(self.dice, instant, 8), "at": format_time(instant), "store_id": store, "item": DISHES[dish],
                  "item_id": DISHES[dish], "quantity": self.dice.choice((1, 1, 1, 2, 3, -1)), "currency": "EUR"}
        record["amount"] = round(record["quantity"] * (4.35 + 3.1 * dish), 2)
        if table is not None and self.dice.random() < 0.9:
            record["table_id"] = str(table)
        if self.dice.random() < 0.2:
            del record["item_id"]
        for _ in range(2 if self.dice.random() < 0.03 else 1):
            self.add("orders", (self.last_instant() // DAY) * DAY, record)

    def last_instant(self):
        return round(datetime.datetime.combine(self.first_day + datetime.timedelta(days=DAYS), datetime.time(), self.zone).timestamp() * 1000)

    def write(self, workspace):
        for number in range(DAYS):
            day = self.first_day + datetime.timedelta(days=number)
            for _ in range(self.dice.randrange(8, 20)):
                store = self.dice.choice(tuple(STORES))
                table = self.dice.randrange(1, STORES[store] + 1)
                instant = self.instant(day)
                self.visit(instant, store, table)
                for _ in range(self.dice.randrange(6)):
                    self.order(instant - self.dice.randrange(90) * MINUTE, store, table)
        for (dataset, day), lines in self.lines.items():
            folder = f"{workspace}/lake/raw/{dataset}/dt={day}"
            os.makedirs(folder, exist_ok=True)
            with open(f"{folder}/made.json.gz", "wb") as file:
                file.write(gzip.compress(("\n".join(lines) + "\n").encode(), 1, mtime=0))


class Rows:
    """The four tables, each row a dict with the columns that SQL has; made from the lines alone."""

    def __init__(self, workspace):
        self.zone = zoneinfo.ZoneInfo(ZONE)
        self.responses = [self.response(record) for record in self.winners(workspace, "responses")]
        self.answers = [dict({name: response[name] for name in ("id", "submitted_at", "dt", "service_day", "hour", "store_id", "table_id", "verified")},
                             **{name: answer.get(name) for name in ("question", "kind", "score", "choice", "text", "item")})
                        for response in self.responses for answer in response["answers"]]
        self.events = [self.placed(record, "at") for record in self.winners(workspace, "events")]
        self.orders = [self.placed(record, "at") for record in self.winners(workspace, "orders")]

    @staticmethod
    def winners(workspace, dataset):
        """Of the records with one id the one that counts."""
        found = {}
        for path in sorted(glob.glob(f"{workspace}/lake/raw/{dataset}/dt=*/*.json.gz")):
            dt = path.split("/dt=")[1][:10]
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    record = json.loads(line)
                    record["dt"] = dt
                    rank = (record.get("received_at", ""), record.get("submitted_at", ""), record.get("duration_ms", -1), record.get("comment", ""))
                    if record["id"] not in found or rank < found[record["id"]][0]:
                        found[record["id"]] = (rank, record)
        return [record for _, record in found.values()]

    def place(self, instant):
        """(service day, local hour) of an instant."""
        local = datetime.datetime.fromtimestamp(instant / 1000, self.zone)
        return (local.date() - datetime.timedelta(days=local.hour < CUTOFF_HOUR)).isoformat(), local.hour

    def placed(self, record, member):
        day, hour = self.place(milliseconds(record[member]))
        return dict({"table_id": None, "target": None, "item_id": None}, **record, service_day=day, hour=hour)

    def response(self, record):
        """A wrong clock's answer counts at its arrival, but its submitted_at says what the phone said."""
        submitted, received = milliseconds(record["submitted_at"]), milliseconds(record["received_at"])
        wrong = submitted > received + 5 * MINUTE or submitted < received - 30 * DAY
        day, _ = self.place(received if wrong else submitted)
        return dict({"comment": None, "duration_ms": None}, **record, service_day=day, hour=self.place(submitted)[1])


def settle(place, maker):
    """Makes the workspace of PLACE with the lake of MAKER and nothing else in it, and syncs."""
    place.do("init", "--sample", timeout=200)
    path = os.path.join(place.workspace, "workspace.json")
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    settings["time_zone"], settings["day_cutoff"] = ZONE, f"{CUTOFF_HOUR:02d}:00"
    settings["retention_days"] = 36500
    with open(path, "w", encoding="utf-8") as file:
        json.dump(settings, file)
    shutil.rmtree(os.path.join(place.workspace, "lake", "raw"))
    maker.write(place.workspace)
    done = place.do("--json", "sync", timeout=200).document
    assert done["rejects"] == 0, done
