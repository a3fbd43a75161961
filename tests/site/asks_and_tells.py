#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the form asks and says in a real browser: follow-ups, what is missing, languages, consent, traps, and the link for everybody."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import browser
import form_page
import restaurant
import small_lake
import tap
from form_page import is_shown, pick, send

PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
URL = []
REVIEW = "https://example.com/review/my-restaurant"


def guest(query="", **options):
    return form_page.open_form(CHROMIUM, URL[0] + query, **options)


def write_form():
    """The form of a new workspace, with what it does not use: a required text after a follow-up, single choice, consent, a review link."""
    path = os.path.join(PLACE.workspace, "form.json")
    with open(path, encoding="utf-8") as file:
        form = json.load(file)
    words = {language: f"Tell us more ({language})" for language in form["languages"]}
    form["questions"] += [
        {"id": "other", "kind": "text", "required": True, "max_length": 200, "label": words,
         "show_if": {"question": "wrong", "is": "noise"}},
        {"id": "often", "kind": "choice", "label": {"en": "How often do you come?"},
         "choices": [{"id": "first", "label": {"en": "First time"}}, {"id": "again", "label": {"en": "Again"}}]}]
    form["review_link"] = {"url": REVIEW, "label": {"en": "Write a public review"}}
    form["consent"] = {"en": "My answer may be kept", "ar": "يجوز حفظ إجابتي"}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(form, file)


def last_record():
    """The newest answer in lake or spool."""
    records = [json.loads(line) for line in small_lake.read_lines(PLACE.workspace) if line]
    return max(records, key=lambda record: (record["received_at"], record["id"]))


def agree_and_send(page):
    page.click("#consent")
    send(page)


def one_question_first():
    with guest() as page:
        assert is_shown(page, "#q-overall") and not is_shown(page, "#q-food") and not is_shown(page, "button.send")
        pick(page, "overall", 5)
        assert is_shown(page, "#q-food") and is_shown(page, "#q-recommend") and is_shown(page, "button.send")


def low_scores_are_asked_why():
    with guest() as page:
        pick(page, "overall", 5)
        assert not is_shown(page, "#q-wrong")
        pick(page, "overall", 2)
        assert is_shown(page, "#q-wrong") and not is_shown(page, "#q-other")
        pick(page, "wrong", "noise")
        assert is_shown(page, "#q-other"), "a follow-up of the follow-up"
        page.click("#t-other")
        page.type("The radio")
        pick(page, "often", "again")
        agree_and_send(page)
    answers = [(answer["question"], answer.get("score", answer.get("choice", answer.get("text")))) for answer in last_record()["answers"]]
    assert answers == [("overall", 2), ("wrong", "noise"), ("other", "The radio"), ("often", "again")], answers


def what_is_not_asked_any_more_is_not_sent():
    with guest() as page:
        pick(page, "overall", 1)
        pick(page, "wrong", "noise")
        page.click("#t-other")
        page.type("Changed my mind")
        pick(page, "overall", 5)
        assert not is_shown(page, "#q-wrong") and not is_shown(page, "#q-other")
        agree_and_send(page)
    assert [answer["question"] for answer in last_record()["answers"]] == ["overall"], last_record()


def what_is_missing_is_listed_and_led_to():
    with guest() as page:
        pick(page, "overall", 1)
        pick(page, "wrong", "noise")
        page.click("button.send")
        assert page.evaluate("document.activeElement.matches('.errors')"), "the summary has the focus"
        assert page.evaluate("[...document.querySelectorAll('.errors a')].map((link) => link.hash)") == ["#q-other", "#consent"]
        assert page.evaluate("document.getElementById('t-other').getAttribute('aria-invalid')") == "true"
        page.click(".errors a")
        assert page.evaluate("document.activeElement.id") == "t-other"
        page.type("Here it is")
        agree_and_send(page)
    assert last_record()["consent"] is True, last_record()


def address_needs_consent_and_consent_an_address():
    with guest() as page:
        pick(page, "overall", 5)
        page.click("details.contact summary")
        page.click("#contact")
        page.type("guest@example.org")
        page.click("#consent")
        page.click("button.send")
        assert page.evaluate("[...document.querySelectorAll('.errors a')].map((link) => link.hash)") == ["#contact_consent"]
        page.evaluate("document.getElementById('contact').value = ''")
        page.click("#contact_consent")
        page.click("button.send")
        assert page.evaluate("[...document.querySelectorAll('.errors a')].map((link) => link.hash)") == ["#contact"]
        page.click("#contact_consent")
        send(page)
    assert "contact" not in last_record(), last_record()


def languages_switch_and_keep_what_was_said():
    with guest() as page:
        pick(page, "overall", 4)
        pick(page, "food", 3)
        page.click("#t-comment")
        page.type("half a sentence")
        page.click("header nav summary")
        page.click("header nav a[hreflang='ar']")
        page.wait("document.documentElement.lang === 'ar'")
        assert page.evaluate("document.documentElement.dir") == "rtl" and page.evaluate("location.search") == "?lang=ar"
        assert page.evaluate("document.querySelector('#q-overall input:checked').value") == "4"
        assert page.evaluate("document.getElementById('t-comment').value") == "half a sentence"
        page.reload()
        assert page.evaluate("document.documentElement.lang") == "ar" and page.evaluate("document.getElementById('t-comment').value")
        page.click("#consent")
        page.click("button.send")
        page.wait("document.getElementById('fate')")
        page.wait("Object.keys(localStorage).length === 0")
    record = last_record()
    assert (record["language"], record["comment"]) == ("ar", "half a sentence"), record


def language_of_the_browser_is_taken():
    for accepted, language, direction in (("de-AT", "de", "ltr"), ("ar-EG", "ar", "rtl"), ("fr-CA", "fr", "ltr"), ("ja-JP", "en", "ltr")):
        page = CHROMIUM.open()
        page.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": accepted})
        page.go(URL[0])
        found = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        page.close()
        assert found == [language, direction], (accepted, found)


def switching_offline_loses_nothing():
    with guest() as page:
        pick(page, "overall", 4)
        page.set_offline(True)
        page.click("header nav summary")
        page.click("header nav a[hreflang='de']")
        page.wait("document.getElementById('status').textContent.includes('offline')")
        assert page.evaluate("document.querySelector('#q-overall input:checked').value") == "4"
        page.errors.clear()


def haste_and_trap_only_score():
    with guest() as page:
        page.evaluate("document.querySelector('#q-overall input').click()")
        page.evaluate("document.querySelector('.trap input').value = 'http://spam.example'")
        page.evaluate("document.getElementById('consent').click()")
        page.evaluate("document.querySelector('button.send').click()")
        form_page.wait_for_fate(page, form_page.ARRIVED)
    record = last_record()
    assert record["suspicion"] >= 0.7 and record["answers"][0]["score"] == 1, record


def review_link_is_shown_to_everybody():
    links = set()
    for score in range(1, 6):
        with guest() as page:
            pick(page, "overall", score)
            agree_and_send(page)
            links.add(page.evaluate("(() => { const link = document.querySelector('.thanks a.send'); "
                                    "return link && [link.href, link.rel, getComputedStyle(link).display].join(' '); })()"))
    assert links == {f"{REVIEW} noopener noreferrer flex"}, links
    with guest(scripts=False) as page:
        pick(page, "overall", 1)
        page.click("[name=consent]")
        page.click("button.send")
        page.wait("location.pathname === '/thanks'")
        assert is_shown(page, ".thanks a.send")


def form_that_hides_the_link_is_refused():
    path = os.path.join(PLACE.workspace, "form.json")
    with open(path, encoding="utf-8") as file:
        good = file.read()
    form = json.loads(good)
    form["review_link"]["show_if"] = {"question": "overall", "at_least": 4}
    try:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(form, file)
        result = PLACE.run("--json", "form", "check")
        assert result.status == 1 and "review_link.show_if" in result.out, result
    finally:
        with open(path, "w", encoding="utf-8") as file:
            file.write(good)
    assert PLACE.run("form", "check").status == 0


CASES = [one_question_first, low_scores_are_asked_why, what_is_not_asked_any_more_is_not_sent, what_is_missing_is_listed_and_led_to,
         address_needs_consent_and_consent_an_address, languages_switch_and_keep_what_was_said, language_of_the_browser_is_taken,
         switching_offline_loses_nothing, haste_and_trap_only_score, review_link_is_shown_to_everybody,
         form_that_hides_the_link_is_refused]


def main():
    with PLACE, CHROMIUM:
        PLACE.do("init")
        write_form()
        with PLACE.intake() as base:
            document = PLACE.do("--json", "cards", "--table", "main/7", "--base", base, "--output", PLACE.path("card.pdf")).document
            URL.append(document["cards"][0]["url"])
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
