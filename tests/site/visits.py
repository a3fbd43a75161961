#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a visit tells the house: which events of a real browser are in the lake, how often it asks the network for that, and that nothing in
them says who it was.
"""

import collections
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import browser
import form_page
import restaurant
import small_lake
import tap
from form_page import pick, send

MEMBERS = {"v", "id", "at", "received_at", "visit", "store_id", "table_id", "page", "action", "target", "ms"}
PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
URL, MENU = [], []


def events():
    """What lake and spool hold, in the order in which it happened. A batch whose reply no page heard may stand there twice: it counts once."""
    found = (json.loads(line) for line in small_lake.read_lines(PLACE.workspace, "events") if line)
    return sorted({event["id"]: event for event in found}.values(), key=lambda event: event["at"])


def answers():
    return [json.loads(line) for line in small_lake.read_lines(PLACE.workspace) if line]


def new_events(before, count):
    """The events that came since, once there are as many."""
    known = {event["id"] for event in before}
    assert restaurant.wait_until(lambda: len(events()) >= len(before) + count, 20), [event for event in events() if event["id"] not in known]
    return [event for event in events() if event["id"] not in known]


def story(found):
    return [(event["action"], event.get("target")) for event in found]


def batches(page):
    """The requests that carried events."""
    return [request for request in page.requests if request.method == "POST" and request.url.endswith("/v1/events")]


def visit_is_told_in_order():
    before = events()
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        pick(page, "overall", 2)
        pick(page, "wrong", "noise")
        pick(page, "wrong", "food")
        pick(page, "food", 4)
        pick(page, "overall", 1)
        page.click("#t-comment")
        page.type("x")
        send(page)
        assert batches(page) == [], "they wait for ten seconds, or for the guest to go"
    found = new_events(before, 8)
    assert story(found) == [("open", "en"), ("start", None), ("question", "overall"), ("question", "wrong"), ("question", "food"),
                            ("question", "comment"), ("submit", None), ("leave", None)], story(found)
    times = [event["ms"] for event in found]
    assert times == sorted(times) and 0 <= times[0] and times[-1] < 120000, times
    assert {(event["store_id"], event["table_id"], event["page"]) for event in found} == {("harbour", "7", "form")}, found
    assert len({event["visit"] for event in found}) == 1


def leaving_tells_where():
    before = events()
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        pick(page, "overall", 4)
        pick(page, "recommend", 9)
        pick(page, "service", 3)
    found = new_events(before, 6)
    assert story(found)[-2:] == [("question", "service"), ("leave", "service")], story(found)


def hidden_page_goes_on_with_its_visit():
    before = events()
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        pick(page, "overall", 4)
        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.away, configurable: true})")
        for away in ("true", "false", "true", "false"):
            page.evaluate(f"window.away = {away}; document.dispatchEvent(new Event('visibilitychange'))")
        found = new_events(before, 4)
        page.settle(0.5)
        told = [request for request in batches(page) if found[0]["visit"] in request.body]
        assert len(told) == 1, ("coming and going without doing anything is told once", told)
        page.evaluate("delete document.hidden")
        pick(page, "food", 4)
    found = new_events(before, 6)
    assert story(found) == [("open", "en"), ("start", None), ("question", "overall"), ("leave", "overall"), ("question", "food"),
                            ("leave", "food")], story(found)
    assert len({event["visit"] for event in found}) == 1


def language_is_told():
    before = events()
    with form_page.open_form(CHROMIUM, URL[0] + "?lang=de") as page:
        page.click("header nav summary")
        page.click("header nav a[hreflang='ar']")
        page.wait("document.documentElement.lang === 'ar'")
    assert story(new_events(before, 3)) == [("open", "de"), ("language", "ar"), ("leave", None)]


def one_request_in_ten_seconds():
    """A guest who changes the language every second for a minute and a half of the page's clock."""
    before = events()
    with browser.Browser() as other, form_page.open_form(other, URL[0]) as page:
        page.evaluate("(() => { const real = fetch; window.times = []; window.fetch = (url, options) => "
                      "{ if (String(url).includes('events')) window.times.push(Date.now()); return real(url, options); }; })()")
        page.start_clock(page.evaluate("Date.now()") / 1000)
        for second in range(90):
            page.evaluate(f"document.querySelector('header nav a[hreflang={('de', 'en')[second % 2]}]').click()")
            page.pass_time_until(f"document.documentElement.lang === '{('de', 'en')[second % 2]}'")
        page.pass_time(11)
        page.pass_time_until("Object.keys(localStorage).length === 0")
        times = page.evaluate("window.times")
        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true});"
                      "document.dispatchEvent(new Event('visibilitychange'))")
        page.pass_time_until("Object.keys(localStorage).length === 0")
        assert len(page.evaluate("window.times")) == len(times) + 1
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    assert 5 < len(times) < 15 and min(gaps) >= 10000, gaps
    found = new_events(before, 92)
    assert len(found) == 92 and [event["action"] for event in found] == ["open"] + ["language"] * 90 + ["leave"], story(found)
    print(f"# {len(found)} events in {len(times)} requests, and one at leave")


def nobody_can_be_told_by_it():
    """No member that is not listed, a visit that ends with the page, no cookie, and no way from a visit to an answer."""
    before, known = events(), answers()
    for _ in range(2):
        with form_page.open_form(CHROMIUM, URL[0]) as page:
            pick(page, "overall", 5)
            send(page)
            page.reload()
            page.settle()
            assert page.call("Network.getCookies")["cookies"] == []
    found = new_events(before, 14)
    assert all(set(event) <= MEMBERS for event in found), found
    assert len({event["visit"] for event in found}) == 4, "each opening of the page is a visit of its own"
    new = [answer for answer in answers() if answer not in known]
    assert len(new) == 2 and not any(event["visit"] in json.dumps(answer) for event in found for answer in new)
    assert not {event["id"] for event in found} & {answer["id"] for answer in new}


def unsent_waits():
    before = events()
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        page.set_offline(True)
        pick(page, "overall", 4)
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        page.wait("Object.keys(localStorage).length === 0")
        assert "earlier" not in page.text(), "what is no answer is nobody's news"
    found = new_events(before, 6)
    assert story(found)[:4] == [("open", "en"), ("start", None), ("question", "overall"), ("leave", "overall")], story(found)
    assert len(found) == len({event["id"] for event in found}) == 6


def refused_events_hold_nothing_up():
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        page.answer_instead("*/v1/events", 400, "application/json", '{"error": {"code": "json"}}')
        pick(page, "overall", 4)
        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true, configurable: true});"
                      "document.dispatchEvent(new Event('visibilitychange'))")
        page.wait("Object.keys(localStorage).length === 0")
        send(page)


def menu_tells_which_dishes_were_looked_at():
    before = events()
    page = CHROMIUM.open()
    page.go(f"{MENU[0]}?lang=en")
    page.wait("document.querySelector('.bar')")
    page.evaluate("document.querySelector('.filter [name=p][value=\"0\"]')?.click()")
    dish = page.evaluate("(() => { const dish = [...document.querySelectorAll('section > ul > li')].at(-1); "
                         "dish.scrollIntoView({block: 'center', behavior: 'instant'}); return dish.dataset.i; })()")
    page.settle(2.5)
    page.click(f"[data-i='{dish}'] .rate")
    page.click(f"[data-i='{dish}'] .stars input[value='5']")
    page.click(".bar button")
    page.wait("document.getElementById('status').textContent.startsWith('Your rating has arrived')")
    assert page.call("Network.getCookies")["cookies"] == [] and page.evaluate("document.cookie") == ""
    assert page.evaluate("[Object.keys(localStorage), Object.values(sessionStorage)]") == [[], ["[]"]], "nothing stays that could tell the phone again"
    rating = json.loads(next(request.body for request in page.requests if request.method == "POST" and request.url.endswith("/v1/responses")))
    errors = page.errors
    page.close()
    assert not errors, errors
    found = new_events(before, 3)
    assert restaurant.wait_until(lambda: "leave" in [event["action"] for event in new_events(before, 3)], 20)
    found = new_events(before, 3)
    # What the form's page before it had still to tell may come in between.
    found = [event for event in found if event["page"] == "menu"]
    assert story(found)[0][0] == "open" and ("item", dish) in story(found), story(found)
    assert len([event for event in found if event["action"] == "item"]) < 20, "only what stayed in sight"
    assert all(set(event) <= MEMBERS for event in found) and len({event["visit"] for event in found}) == 1, found
    assert found[0]["visit"] not in json.dumps(rating) and not {event["id"] for event in found} & {rating["id"]}, rating


def query_counts_them():
    def counts():
        rows = PLACE.query("SELECT action, count(*) AS n FROM events GROUP BY action")
        return {action: int(count) for action, count in rows}

    def told():
        return collections.Counter(event["action"] for event in events())

    assert restaurant.wait_until(lambda: counts() == told(), 20), (counts(), told())
    assert told()["open"] >= 9


CASES = [visit_is_told_in_order, leaving_tells_where, hidden_page_goes_on_with_its_visit, language_is_told, one_request_in_ten_seconds,
         nobody_can_be_told_by_it, unsent_waits, refused_events_hold_nothing_up,
         menu_tells_which_dishes_were_looked_at, query_counts_them]


def main():
    with PLACE, CHROMIUM:
        PLACE.do("init", "--sample")
        PLACE.do("sync")
        with PLACE.intake() as base:
            document = PLACE.do("--json", "cards", "--table", "harbour/7", "--base", base, "--output", PLACE.path("card.pdf")).document
            URL.append(document["cards"][0]["url"])
            MENU.append(f"{base.lower()}/M/HARBOUR/7/KEY")
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
