#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The loop, from the printed page to the report: a code is read off the page, its address opened, answered, synced, and found."""

import datetime
import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import guests
import printed_page
import restaurant
import tap

PLACE = restaurant.Restaurant()


def load_form():
    with open(os.path.join(PLACE.workspace, "form.json"), encoding="utf-8") as file:
        return json.load(file)


def respond(card, comment, **changes):
    now = datetime.datetime.now(datetime.timezone.utc)
    return guests.make_response(card, load_form(), random.Random(comment), now, comment=comment, **changes)


def count(comment):
    return int(PLACE.query(f"SELECT count(*) FROM responses WHERE comment = '{comment}'")[0][0])


def every_page_reads_back():
    PLACE.do("init", "--sample")
    PLACE.do("sync")
    document = PLACE.do("--json", "cards", "--base", "http://192.168.1.20:8080", "--output", PLACE.path("all.pdf")).document
    assert printed_page.read_codes(PLACE.path("all.pdf")) == [card["url"] for card in document["cards"]]


def answer_from_the_page_reaches_query_and_report():
    with PLACE.intake() as base:
        PLACE.do("cards", "--table", "harbour/13", "--base", base, "--output", PLACE.path("one.pdf"))
        url, = printed_page.read_codes(PLACE.path("one.pdf"))
        card = guests.parse_card(url)
        client = guests.Guests(card.base)
        status, page = client.get(url[len(card.base):])
        assert status == 200 and "<form" in page, (status, page[:500])

        body = respond(card, "The lamp above table 13 flickers")
        before = PLACE.do("--json", "report", "--output", PLACE.path("before.pdf")).document["responses"]
        assert client.post(body)[0] == 201
        assert client.post(body)[0] == 200, "the same again is no second answer"
        assert client.post({**body, "comment": "other words"})[0] == 409
        # While intake runs its writer follows the spool: nobody has to sync.
        assert restaurant.wait_until(lambda: count("The lamp above table 13 flickers") == 1, 10), "not in the cache after 10 s"
    verified, table, channel = PLACE.query("SELECT verified, table_id, channel FROM responses "
                                           "WHERE comment = 'The lamp above table 13 flickers'")[0]
    assert (str(verified).lower(), table, channel) == ("true", "13", "local")
    after = PLACE.do("--json", "report", "--output", PLACE.path("after.pdf")).document["responses"]
    assert after == before + 1, (before, after)


def forged_card_is_kept_apart():
    before = PLACE.do("--json", "report", "--output", PLACE.path("before.pdf")).document
    with PLACE.intake() as base:
        card = guests.Card(base, "HARBOUR", "13", "A" * 16)
        assert guests.Guests(base).post(respond(card, "Five stars from nobody"))[0] == 201
    assert count("Five stars from nobody") == 1
    after = PLACE.do("--json", "report", "--output", PLACE.path("after.pdf")).document
    assert after["responses"] == before["responses"], "an answer without a valid key counts in no figure"
    assert after["unverified"] == before["unverified"] + 1


def what_was_acknowledged_is_in_the_lake():
    sent = [f"Answer number {number} of the evening" for number in range(60)]
    with PLACE.intake() as base:
        document = PLACE.do("--json", "cards", "--base", base, "--output", PLACE.path("all.pdf")).document
        cards = [guests.parse_card(card["url"]) for card in document["cards"]]
        client = guests.Guests(base)
        for number, comment in enumerate(sent):
            assert client.post(respond(cards[number % len(cards)], comment))[0] == 201
    rows = PLACE.query("SELECT comment FROM responses WHERE comment LIKE 'Answer number % of the evening'")
    assert sorted(row[0] for row in rows) == sorted(sent)
    spool = os.path.join(PLACE.workspace, ".sobremesa", "spool")
    left = [name for _, _, names in os.walk(spool) for name in names if name.endswith(".jsonl")]
    assert left == [], f"the spool still holds {left}"
    assert PLACE.do("--json", "lake", "verify").document["rejects"] == 0


def rebuilt_cache_says_the_same():
    sql = "SELECT store_id, language, count(*) AS n, min(id), max(id) FROM responses GROUP BY store_id, language ORDER BY 1, 2"
    before = PLACE.query(sql)
    PLACE.do("sync", "--full")
    assert PLACE.query(sql) == before


CASES = [every_page_reads_back, answer_from_the_page_reaches_query_and_report, forged_card_is_kept_apart,
         what_was_acknowledged_is_in_the_lake, rebuilt_cache_says_the_same]

if __name__ == "__main__":
    with PLACE:
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
