#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers the form as guests do: over HTTP, with the URLs of printed cards.

usage: guests.py CARDS.json WORKSPACE COUNT

CARDS.json is what "sobremesa --json cards" printed. Prints how many answers were stored; fails when one was not.
"""

import collections
import datetime
import http.client
import json
import os
import random
import re
import sys
import urllib.parse
import uuid

CARD = re.compile(r"^(?P<base>HTTPS?://[^/]+)/T/(?P<store>[^/]+)/(?P<table>[^/]+)/(?P<key>[A-Z2-7]{16})$")
DISHES = ["fish-soup", "cod", "ravioli", "steak", "sorbet", "coffee"]  # of the sample's menu
COMMENTS = [
    "Lovely evening, thank you.", "The fish soup is the best in town.", "Waited a little for the bill.", "Sehr freundlicher Service!",
    "Terrasse etwas laut, Essen wunderbar.", "Volveremos seguro.", "خدمة ممتازة", "Great wine list, fair prices.",
]

Card = collections.namedtuple("Card", "base store table key")


def parse_card(url):
    match = CARD.match(url)
    if match is None:
        raise ValueError(f"not a card's URL: {url}")
    return Card(**match.groupdict())


def make_id(when, source=random):
    """A UUID version 7 of the instant."""
    number = int(when.timestamp() * 1000) << 80 | source.getrandbits(80)
    number = number & ~(0xF << 76) | 7 << 76
    return str(uuid.UUID(int=number & ~(3 << 62) | 2 << 62))


def format_time(when):
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"


def is_asked(question, scores):
    rule = question.get("show_if")
    if rule is None:
        return True
    score = scores.get(rule["question"])
    return score is not None and rule.get("at_least", 0) <= score <= rule.get("at_most", 99)


def make_answers(form, source):
    """One guest's answers to every question that the form asks them."""
    answers, scores, mood = [], {}, source.gauss(4.3, 0.9)
    for question in form["questions"]:
        answer = {"question": question["id"], "kind": question["kind"]}
        if not is_asked(question, scores):
            continue
        if question["kind"] == "dish":
            answers += [{**answer, "kind": "stars", "score": max(1, min(5, round(source.gauss(mood, 0.6)))), "item": dish}
                        for dish in source.sample(DISHES, source.randrange(3))]
            continue
        if question["kind"] in ("smiley", "stars"):
            answer["score"] = scores[question["id"]] = max(1, min(5, round(source.gauss(mood, 0.6))))
        elif question["kind"] == "nps":
            answer["score"] = max(0, min(10, round(source.gauss(2 * mood, 1.2))))
        elif question["kind"] == "choice":
            answer["choice"] = source.choice(question["choices"])["id"]
        else:
            answer["text"] = source.choice(COMMENTS)
        answers.append(answer)
    return answers


def make_response(card, form, source, when, **changes):
    body = {
        "id": make_id(when, source), "submitted_at": format_time(when), "store_id": card.store, "table_id": card.table, "key": card.key,
        "form_id": form["id"], "form_version": form["version"], "language": source.choice(form["languages"]),
        "answers": make_answers(form, source), "duration_ms": source.randrange(8000, 70000),
    }
    if source.random() < 0.35:
        body["comment"] = source.choice(COMMENTS)
    body.update(changes)
    return body


class Guests:
    """A connection that is kept alive, to the host that the cards name."""

    def __init__(self, base):
        self.base = base
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(base.lower()).netloc, timeout=20)

    def get(self, path):
        self.connection.request("GET", path)
        reply = self.connection.getresponse()
        return reply.status, reply.read().decode()

    def post(self, body):
        """The reply's status and document."""
        self.connection.request("POST", "/v1/responses", json.dumps(body).encode(), {"Content-Type": "application/json"})
        reply = self.connection.getresponse()
        text = reply.read()
        return reply.status, json.loads(text) if text else None


def main():
    cards_path, workspace, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(cards_path, encoding="utf-8") as file:
        cards = [parse_card(card["url"]) for card in json.load(file)["cards"]]
    with open(os.path.join(workspace, "form.json"), encoding="utf-8") as file:
        form = json.load(file)
    source = random.Random(count)
    guests = Guests(cards[0].base)
    now = datetime.datetime.now(datetime.timezone.utc)
    for number in range(count):
        when = now - datetime.timedelta(seconds=count - number)
        status, reply = guests.post(make_response(source.choice(cards), form, source, when))
        if status != 201:
            print(f"answer {number + 1} got {status}: {reply}", file=sys.stderr)
            return 1
    print(count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
