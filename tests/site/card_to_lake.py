#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guest's browser opens the address that is read off the printed card and answers. What was said is in the lake and in the cache once,
whatever the guest, the network and the battery do in between.
"""

import collections
import contextlib
import datetime
import http.client
import json
import os
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import browser
import form_page
import printed_page
import restaurant
import small_lake
import tap
from form_page import pick, posts, send

HOURS_AWAY = 48
PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
URL = []


def lake_ids():
    """The id on every line of lake and spool: twice where a record stands there twice."""
    return collections.Counter(json.loads(line)["id"] for line in small_lake.read_lines(PLACE.workspace) if line)


def cached_ids():
    return collections.Counter(row[0] for row in PLACE.query("SELECT id FROM responses"))


@contextlib.contextmanager
def expect(count):
    """Within it exactly @count answers are given: each comes to stand in the lake and in the cache once, and nothing else does. Gives a
    dictionary that holds the new records by their ids afterwards."""
    lake, cache, records = lake_ids(), cached_ids(), {}
    yield records
    assert restaurant.wait_until(lambda: len(cached_ids() - cache) >= count, 20), f"{cached_ids() - cache} of {count} in the cache"
    new = lake_ids() - lake
    assert len(new) == count and set(new.values()) <= {1}, new
    assert cached_ids() - cache == new, (cached_ids() - cache, new)
    for line in small_lake.read_lines(PLACE.workspace):
        if line and json.loads(line)["id"] in new:
            records[json.loads(line)["id"]] = json.loads(line)


def guest(chromium=CHROMIUM, **options):
    """A page with the form of the card."""
    return form_page.open_form(chromium, URL[0], **options)


def answers_of(record):
    return {answer["question"]: answer.get("score", answer.get("choice", answer.get("text"))) for answer in record["answers"]}


def address_on_the_card_opens():
    document = PLACE.do("--json", "cards", "--table", "main/7", "--base", BASE[0], "--output", PLACE.path("card.pdf")).document
    URL[:] = printed_page.read_codes(PLACE.path("card.pdf"))
    assert URL == [document["cards"][0]["url"]], (URL, document)
    with guest() as page:
        assert "Table 7" in page.text(), page.text()


def with_javascript():
    with expect(1) as records, guest() as page:
        pick(page, "overall", 4)
        pick(page, "food", 5)
        pick(page, "service", 2)
        pick(page, "recommend", 9)
        page.click("#t-comment")
        page.type("Crème brûlée: <b>1,000/1,000</b> 😀")
        page.click("details.contact summary")
        page.click("#contact")
        page.type("guest@example.org")
        page.click("#contact_consent")
        send(page)
    record, = records.values()
    assert answers_of(record) == {"overall": 4, "food": 5, "service": 2, "recommend": 9}, record
    assert (record["store_id"], record["table_id"], record["verified"], record["language"]) == ("main", "7", True, "en"), record
    assert record["comment"] == "Crème brûlée: <b>1,000/1,000</b> 😀"
    assert (record["contact"], record["contact_days"], "key" in record) == ("guest@example.org", 60, False), record
    assert 0 < record["duration_ms"] < 120000 and record["id"][14] == "7", record


def without_javascript():
    with expect(1) as records, guest(scripts=False) as page:
        pick(page, "overall", 3)
        pick(page, "wrong", "waiting")
        pick(page, "wrong", "noise")
        page.click("#t-comment")
        page.type("No script here")
        page.click("button.send")
        page.wait("location.pathname === '/thanks'")
        assert "Thank you" in page.text()
    record, = records.values()
    assert [answer["choice"] for answer in record["answers"] if answer["question"] == "wrong"] == ["waiting", "noise"], record
    assert answers_of(record)["overall"] == 3 and record["comment"] == "No script here" and record["verified"] is True, record


def page_sent_again_without_javascript():
    """Back and send again, and reloading what the post led to: still one answer."""
    with expect(1), guest(scripts=False) as page:
        pick(page, "overall", 5)
        page.click("button.send")
        page.wait("location.pathname === '/thanks'")
        page.reload()
        page.evaluate("history.back()")
        page.wait("document.querySelector('button.send') && location.pathname !== '/thanks'")
        if page.evaluate("!document.querySelector('#q-overall input:checked')"):
            pick(page, "overall", 5)
        page.click("button.send")
        page.wait("location.pathname === '/thanks'")


def double_click_sends_once():
    with expect(1), guest() as page:
        pick(page, "overall", 5)
        page.click("button.send", times=2)
        form_page.wait_for_fate(page, form_page.ARRIVED)
        page.settle(1)
        assert len(posts(page)) == 1, posts(page)


def reload_and_replay_add_nothing():
    with expect(1), guest() as page:
        pick(page, "overall", 2)
        send(page)
        sent = posts(page)[-1]
        page.reload()
        page.settle(1)
        assert len(posts(page)) == 1, "a page that is loaded again has nothing to send"
        host = urllib.parse.urlsplit(sent.url).netloc
        for _ in range(3):
            connection = http.client.HTTPConnection(host, timeout=20)
            connection.request("POST", "/v1/responses", sent.body.encode(), {"Content-Type": "application/json"})
            assert connection.getresponse().status == 200, "the same again is known"
            connection.close()


def lost_reply_is_asked_for_again():
    """The collector has the answer but the page never hears of it: it sends the same again and is told so."""
    with expect(1), guest() as page:
        page.evaluate("(() => { const real = fetch; let first = true; window.fetch = async (...all) => { const reply = await real(...all);"
                      " if (first) { first = false; throw new TypeError('the reply is lost'); } return reply; }; })()")
        pick(page, "overall", 4)
        send(page)
        bodies = [request.body for request in posts(page)]
        assert len(bodies) == 2 and len(set(bodies)) == 1, bodies


def two_days_without_network():
    """Three answers while the network is away, two days of the page's clock, and the network comes back."""
    now = time.time()
    with expect(3) as records, browser.Browser() as other, guest(other) as page:
        page.start_clock(now - HOURS_AWAY * 3600)
        page.set_offline(True)
        for number in range(3):
            pick(page, "overall", number + 3)
            page.click("#t-comment")
            page.type(f"Written offline {number}")
            page.click("button.send")
            page.pass_time_until(form_page.fate_is(form_page.SAVED))
            page.click("button.quiet")
        before = len(posts(page))
        page.pass_time(HOURS_AWAY * 3600)
        tries = len(posts(page)) - before
        assert 2 * HOURS_AWAY < tries < 40 * HOURS_AWAY, f"{tries} tries in {HOURS_AWAY} h"
        page.set_offline(False)
        page.pass_time_until("Object.keys(localStorage).length === 0")
        assert len({json.loads(request.body)["id"] for request in posts(page)}) == 3
    assert sorted(record["comment"] for record in records.values()) == [f"Written offline {number}" for number in range(3)]
    for record in records.values():
        received, submitted = (datetime.datetime.fromisoformat(record[name]) for name in ("received_at", "submitted_at"))
        assert abs((received - submitted).total_seconds() / 3600 - HOURS_AWAY) < 0.1, record
    print(f"# {tries} tries in {HOURS_AWAY} h offline")


def closed_browser_keeps_answers():
    """Answered offline, the browser ended; days later the guest opens any card of the house."""
    with expect(2):
        page = CHROMIUM.open()
        page.go(URL[0])
        page.set_offline(True)
        for score in (1, 5):
            pick(page, "overall", score)
            send(page, form_page.SAVED)
            page.click("button.quiet")
        CHROMIUM.stop()
        CHROMIUM.start()
        with guest() as later:
            later.wait("document.getElementById('status').textContent === 'Your earlier answer has arrived.'")
            assert len(posts(later)) == 2, posts(later)


def forbidden_storage_is_said():
    """A browser that keeps nothing for pages sends all the same, and says so when it cannot."""
    with expect(1), guest() as page:
        page.call("Page.addScriptToEvaluateOnNewDocument",
                  source="Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});")
        page.reload()
        page.set_offline(True)
        pick(page, "overall", 4)
        send(page, "Not sent yet. Keep this page open until you are online.")
        page.set_offline(False)
        form_page.wait_for_fate(page, form_page.ARRIVED)


def log_in_page_in_between_is_no_receipt():
    """A hotel's log-in page answers everything with 200 and HTML: nothing is taken for stored."""
    with expect(1), guest() as page:
        page.answer_instead("*/v1/*", 200, "text/html", "<h1>Room number?</h1>")
        pick(page, "overall", 4)
        send(page, form_page.SAVED)
        page.answer_no_more()
        page.evaluate("dispatchEvent(new Event('online'))")
        form_page.wait_for_fate(page, form_page.ARRIVED)


CASES = [address_on_the_card_opens, with_javascript, without_javascript, page_sent_again_without_javascript, double_click_sends_once,
         reload_and_replay_add_nothing, lost_reply_is_asked_for_again, two_days_without_network, closed_browser_keeps_answers,
         forbidden_storage_is_said, log_in_page_in_between_is_no_receipt]
BASE = []


def main():
    with PLACE, CHROMIUM:
        PLACE.do("init")
        PLACE.do("sync")
        with PLACE.intake() as base:
            BASE.append(base)
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
