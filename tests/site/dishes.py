#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form's question about dishes: it comes with the published menu, what is said of a dish is in the lake under the dish's id and in the figures of
the same, whatever language, network and browser the guest has.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import browser
import form_page
import restaurant
import small_lake
import tap
from form_page import is_shown, pick, rate_dish, send

PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
URL = []


def guest(language="en", **options):
    return form_page.open_form(CHROMIUM, f"{URL[0]}?lang={language}", **options)


def last_record():
    """The newest answer in lake or spool."""
    records = [json.loads(line) for line in small_lake.read_lines(PLACE.workspace) if line]
    return max(records, key=lambda record: (record["received_at"], record["id"]))


def dishes_of(record):
    return {answer["item"]: answer["score"] for answer in record["answers"] if answer["question"] == "dish" and answer["kind"] == "stars"}


def rated_dish_is_in_lake_cache_and_saved_query():
    before = {row[0]: row for row in PLACE.do("--json", "query", "dishes").document["rows"]}
    with guest() as page:
        pick(page, "overall", 5)
        rate_dish(page, "cod", 4)
        rate_dish(page, "rote-gruetze", 1)
        assert page.evaluate("[...document.querySelectorAll('.dish summary')].map((line) => line.textContent)") == [
            "To begin", "At lunch", "From the sea1", "From the land", "Pasta and rice", "Beside it", "Sweet1", "To drink"]
        send(page)
        assert page.evaluate("[Object.keys(localStorage).length, Object.keys(sessionStorage).length, document.cookie]") == [0, 0, ""]
    record = last_record()
    assert dishes_of(record) == {"cod": 4, "rote-gruetze": 1} and record["answers"][0]["question"] == "overall", record
    PLACE.do("sync")
    rows = PLACE.query(f"SELECT item, score, kind, question FROM answers WHERE id = '{record['id']}' AND item IS NOT NULL ORDER BY item")
    assert [[cell if isinstance(cell, str) else float(cell) for cell in row] for row in rows] == [
        ["cod", 4.0, "stars", "dish"], ["rote-gruetze", 1.0, "stars", "dish"]], rows
    after = {row[0]: row for row in PLACE.do("--json", "query", "dishes", "--param", "least=1").document["rows"]}
    changed = {item: int(row[2]) - int(before[item][2]) if item in before else int(row[2]) for item, row in after.items()
               if item not in before or row[2] != before[item][2]}
    assert changed == {"cod": 1, "rote-gruetze": 1}, changed


def what_is_ticked_opens_and_what_is_not_is_not_sent():
    with guest() as page:
        pick(page, "overall", 4)
        rate_dish(page, "cod", 4)
        rate_dish(page, "crab", 3)
        page.click("#q-dish li[data-i=cod] input[type=checkbox]")
        assert not is_shown(page, "#q-dish li[data-i=cod] fieldset") and is_shown(page, "#q-dish li[data-i=crab] fieldset")
        page.click("#q-dish li[data-i=mussels] input[type=checkbox]")
        assert is_shown(page, "#q-dish li[data-i=mussels] fieldset")
        send(page)
    assert dishes_of(last_record()) == {"crab": 3}, last_record()


def reload_and_language_keep_what_was_said():
    with guest("de") as page:
        pick(page, "overall", 4)
        rate_dish(page, "fish-soup", 5)
        page.reload()
        page.wait("document.querySelector('#q-dish li[data-i=fish-soup] :checked')")
        assert "Hafen-Fischsuppe" in page.text(), "its section is open"
        page.click("header nav summary")
        page.click("header nav a[hreflang='ar']")
        page.wait("document.documentElement.lang === 'ar' && document.querySelector('#q-dish li[data-i=fish-soup] [type=radio]:checked')?.value === '5'")
        box = page.evaluate("(() => { const dish = document.querySelector('#q-dish li[data-i=fish-soup]'); const tick = dish.querySelector('input'); "
                            "return tick.getBoundingClientRect().x > tick.nextElementSibling.getBoundingClientRect().x; })()")
        assert box, "the tick stands to the right of the name"
        rate_dish(page, "cod", 1)
        page.click("button.send")
        page.wait("document.getElementById('fate')")
        page.wait("Object.keys(localStorage).length === 0")
    record = last_record()
    assert dishes_of(record) == {"fish-soup": 5, "cod": 1} and record["language"] == "ar", record


def offline_answer_waits_with_its_dishes():
    with guest() as page:
        pick(page, "overall", 2)
        page.wait("document.querySelector('.dishes')")
        page.set_offline(True)
        rate_dish(page, "coffee", 2)
        send(page, form_page.SAVED)
        page.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        form_page.wait_for_fate(page, form_page.ARRIVED)
    assert dishes_of(last_record()) == {"coffee": 2}, last_record()


def next_answer_begins_anew():
    with guest() as page:
        pick(page, "overall", 2)
        rate_dish(page, "coffee", 2)
        send(page)
        page.click("button.quiet")
        pick(page, "overall", 3)
        page.wait("document.querySelector('.dishes') && !document.querySelector('.dishes :checked')")
        send(page)
    assert dishes_of(last_record()) == {}, last_record()


def who_is_past_its_place_keeps_theirs():
    """The menu comes late, while the guest writes the comment: the line that they write stays where it is."""
    late = ("const real = fetch; window.fetch = (url, options) => String(url).includes('current.json') ? "
            "new Promise((go) => { window.release = () => go(real(url, options)); }) : real(url, options);")
    with guest(dishes=False, height=500) as page:
        page.call("Page.addScriptToEvaluateOnNewDocument", source=late)
        page.reload()
        page.wait("window.release")
        pick(page, "overall", 4)
        page.click("#t-comment")
        page.evaluate("scrollTo({top: document.getElementById('t-comment').getBoundingClientRect().top + scrollY - 60, behavior: 'instant'})")
        before = page.evaluate("document.getElementById('t-comment').getBoundingClientRect().top")
        assert not is_shown(page, "#q-dish")
        page.evaluate("release()")
        page.wait("document.querySelector('.dishes')?.getClientRects().length")
        after = page.evaluate("document.getElementById('t-comment').getBoundingClientRect().top")
        assert abs(after - before) < 2, (before, after, page.evaluate("[scrollY, document.documentElement.scrollHeight, document.querySelector('#q-dish').getBoundingClientRect().height]"))


BROKEN = """
Math.random = () => 0.02;
window.failing = Infinity;
const real = fetch;
window.fetch = (url, options) => String(url).includes('/menu/') && window.failing-- > 0
  ? (window.failed = (window.failed || 0) + 1, %s) : real(url, options);
"""
AWAY = "Promise.reject(new TypeError('away'))"
BUSY = "Promise.resolve(new Response('', { status: 503 }))"


def open_broken(page, failure, count="Infinity"):
    page.call("Page.addScriptToEvaluateOnNewDocument", source=BROKEN % failure + f"window.failing = {count};")
    page.reload()


def menu_that_cannot_be_had_is_asked_for_again():
    for failure in (AWAY, BUSY):
        with guest(dishes=False) as page:
            open_broken(page, failure, 2)
            pick(page, "overall", 4)
            page.wait("document.querySelector('.dishes')?.getClientRects().length")
            assert page.evaluate("failed") == 2 and not page.evaluate("document.querySelector('#q-dish textarea')")
            rate_dish(page, "cod", 4)
            send(page)
        assert dishes_of(last_record()) == {"cod": 4}, last_record()


def module_that_cannot_be_had_is_asked_for_again():
    with guest(dishes=False) as page:
        page.call("Page.addScriptToEvaluateOnNewDocument", source="Math.random = () => 0.02;")
        page.call("Network.setBlockedURLs", urls=["*/assets/dishes.*"])
        page.call("Network.clearBrowserCache")
        page.reload()
        pick(page, "overall", 4)
        page.settle(0.5)
        assert not is_shown(page, "#q-dish")
        page.call("Network.setBlockedURLs", urls=[])
        page.wait("document.querySelector('.dishes')?.getClientRects().length")


def without_a_menu_the_guest_may_say_it_in_words():
    with guest(dishes=False) as page:
        open_broken(page, BUSY)
        pick(page, "overall", 4)
        page.wait("document.querySelector('#q-dish textarea')?.getClientRects().length")
        nameless = [node for node in page.tree() if node.role == "textbox" and not node.name.strip()]
        assert not nameless, nameless
        page.click("#q-dish textarea")
        page.type(" The cod was cold ")
        # What was written stays, whatever becomes of menu and page.
        page.evaluate("failing = 0")
        page.settle(0.5)
        assert not page.evaluate("document.querySelector('.dishes')")
        page.reload()
        page.wait("document.querySelector('#q-dish textarea')?.value === 'The cod was cold'")
        assert is_shown(page, "#q-dish textarea")
        send(page)
    record = last_record()
    assert [answer for answer in record["answers"] if answer["question"] == "dish"] == [{"question": "dish", "kind": "text", "text": "The cod was cold"}], record


def menu_that_comes_late_takes_the_place_of_words_that_nobody_wrote():
    with guest(dishes=False) as page:
        open_broken(page, AWAY)
        pick(page, "overall", 4)
        page.wait("document.querySelector('#q-dish textarea')?.getClientRects().length")
        page.evaluate("failing = 0; dispatchEvent(new Event('online'))")
        page.wait("document.querySelector('.dishes')?.getClientRects().length")
        assert not page.evaluate("document.querySelector('#q-dish textarea')")
        send(page)
    assert not [answer for answer in last_record()["answers"] if answer["question"] == "dish"], last_record()


def question_reached_is_told():
    def reached():
        return sum(json.loads(line)["action"] == "question" and json.loads(line).get("target") == "dish"
                   for line in small_lake.read_lines(PLACE.workspace, "events") if line)

    before = reached()
    with guest() as page:
        pick(page, "overall", 2)
        rate_dish(page, "coffee", 2)
        rate_dish(page, "cod", 2)
    assert restaurant.wait_until(lambda: reached() > before, 20)
    assert reached() == before + 1


def without_a_script_they_are_asked_about_on_the_page_of_thanks():
    with guest("de", scripts=False) as page:
        assert not page.evaluate("document.querySelector('.dish')"), "the first page holds no menu"
        pick(page, "overall", 3)
        page.click("button.send")
        page.wait("location.pathname.startsWith('/D/harbour/7/')")
        assert "Hafen-Fischsuppe" in page.text() and page.evaluate("document.querySelector('.thanks h1') !== null")
        names = page.evaluate("[...document.querySelectorAll('.dish select')].map((input) => [input.labels[0].textContent, input.name])")
        assert len(names) == 36 and names[1] == ["Hafen-Fischsuppe", "q.dish/fish-soup"], names[:3]
        nameless = [node for node in page.tree() if node.role in ("combobox", "button", "link") and not node.name.strip()]
        assert not nameless, nameless
        page.evaluate("document.querySelector('[name=\"q.dish/cod\"]').value = '4'")
        page.evaluate("document.querySelector('[name=\"q.dish/coffee\"]').value = '2'")
        page.click("button.send")
        page.wait("location.pathname === '/thanks'")
    record = last_record()
    assert dishes_of(record) == {"cod": 4, "coffee": 2} and len(record["answers"]) == 2, record
    assert (record["store_id"], record["table_id"], record["verified"], record["language"]) == ("harbour", "7", True, "de"), record


def a_menu_in_another_language_says_so():
    """The form is there in Arabic, the menu in German alone: its words are marked as German."""
    path = os.path.join(PLACE.workspace, "menu.json")
    with open(path, encoding="utf-8") as file:
        source = file.read()
    menu = json.loads(source)
    menu["languages"] = ["de"]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(menu, file)
    PLACE.do("menu", "publish")
    with guest("ar") as page:
        pick(page, "overall", 4)
        rate_dish(page, "cod", 4)
        assert page.evaluate("[document.querySelector('.dish summary span span').lang, document.querySelector('.dish li label span').lang]") == ["de", "de"]
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    PLACE.do("menu", "publish")


def without_a_menu_there_is_no_such_question():
    with restaurant.Restaurant() as other:
        other.do("init")
        with other.intake() as base:
            url = other.do("--json", "cards", "--table", "main/7", "--base", base, "--output", other.path("card.pdf")).document["cards"][0]["url"]
            with form_page.open_form(CHROMIUM, url) as page:
                pick(page, "overall", 4)
                page.settle(0.5)
                assert not is_shown(page, "#q-dish") and not [one for one in page.requests if "/menu/" in one.url or "dishes" in one.url]
                assert page.evaluate("document.getElementById('progress').max") == 6, "who is pleased is asked six questions"
                send(page)
            with form_page.open_form(CHROMIUM, url, scripts=False) as page:
                pick(page, "overall", 4)
                page.click("button.send")
                page.wait("location.pathname === '/thanks'")


CASES = [rated_dish_is_in_lake_cache_and_saved_query, what_is_ticked_opens_and_what_is_not_is_not_sent, reload_and_language_keep_what_was_said,
         offline_answer_waits_with_its_dishes, next_answer_begins_anew, who_is_past_its_place_keeps_theirs,
         menu_that_cannot_be_had_is_asked_for_again, module_that_cannot_be_had_is_asked_for_again, without_a_menu_the_guest_may_say_it_in_words,
         menu_that_comes_late_takes_the_place_of_words_that_nobody_wrote, question_reached_is_told,
         without_a_script_they_are_asked_about_on_the_page_of_thanks, a_menu_in_another_language_says_so, without_a_menu_there_is_no_such_question]


def main():
    with PLACE, CHROMIUM:
        PLACE.do("init", "--sample")
        with PLACE.intake() as base:
            document = PLACE.do("--json", "cards", "--table", "harbour/7", "--base", base, "--output", PLACE.path("card.pdf")).document
            URL.append(document["cards"][0]["url"])
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
