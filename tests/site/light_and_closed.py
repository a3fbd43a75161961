#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form is light and keeps to itself: what comes over the wire before a guest can answer and what comes after, which hosts are asked, what
the page's policy stops, and what stays on the phone.
"""

import os
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import browser
import form_page
import restaurant
import tap
from form_page import pick, send

MOST_BYTES = 14 * 1024
POLICY = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "form-action 'self'",
          "base-uri 'none'", "frame-ancestors 'none'"}
PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
URL = []


def guest(language="en", **options):
    return form_page.open_form(CHROMIUM, f"{URL[0]}?lang={language}", **options)


def first_load_is_light():
    """All that is needed to answer in one language, heads and icon included, in a browser that has never been here."""
    for language in ("en", "de", "es", "fr", "ar"):
        with browser.Browser() as fresh, form_page.open_form(fresh, f"{URL[0]}?lang={language}") as page:
            page.wait("document.querySelector('.dishes')")
            page.settle(0.5)
            first, later = form_page.weigh(page)
            packed = [reply.headers.get("Content-Encoding") for reply in page.replies if reply.status == 200]
            ready, begun = page.evaluate(
                "(() => { const parts = performance.getEntriesByType('resource'), late = ({name}) => /dishes|[/]menu[/]/.test(name); "
                "return [Math.max(performance.getEntriesByType('navigation')[0].domInteractive, ...parts.filter((part) => /[/]form[.]/.test(part.name))"
                ".map((part) => part.responseEnd)), Math.min(...parts.filter(late).map((part) => part.startTime))]; })()")
        weight = sum(first.values())
        print(f"# {language}: {weight} bytes over the wire ({' + '.join(map(str, first.values()))}), dishes {sum(later.values())} after it {later}")
        assert len(first) == 4 and weight <= MOST_BYTES, (language, weight)
        assert packed == ["gzip"] * 7, packed
        assert len(later) == 4 and begun >= ready, ("what asks about dishes waits for all else", later, ready, begun)


def second_load_asks_for_the_page_only():
    with guest() as page:
        page.settle()
        before = len(page.requests)
        page.evaluate("location.href = location.href")
        page.settle(1)
        asked = [urllib.parse.urlsplit(request.url).path for request in page.requests[before:]]
        # What is kept may be listed as asked; what a visit tells is no part of the page.
        fresh = [path for path in asked if not path.startswith(("/assets/", "/v1/")) and not path.endswith(".html")]
        assert len(fresh) == 2 and fresh[0].startswith("/T/") and fresh[1] == "/menu/current.json", asked


def nobody_else_is_asked():
    host = urllib.parse.urlsplit(URL[0]).netloc.lower()
    with guest() as page:
        pick(page, "overall", 2)
        page.click("header nav summary")
        page.click("header nav a[hreflang='de']")
        page.wait("document.documentElement.lang === 'de'")
        page.click("button.send")
        page.wait("document.getElementById('fate')")
        page.settle(1)
        hosts = {urllib.parse.urlsplit(request.url).netloc for request in page.requests}
    assert hosts == {host}, hosts


def policy_is_strict_and_works():
    with guest() as page:
        head = {name.lower(): value for name, value in page.replies[0].headers.items()}
        assert set(head["content-security-policy"].split("; ")) == POLICY, head
        assert head["x-content-type-options"] == "nosniff" and head["referrer-policy"] == "same-origin"
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))")
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {src: 'data:text/javascript,window.ran = true'}))")
        page.evaluate("document.body.setAttribute('onclick', 'window.ran = true')")
        page.evaluate("document.body.click()")
        page.evaluate("document.body.append(Object.assign(document.createElement('style'), {textContent: '* { color: red }'}))")
        page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.2:9/pixel'}))")
        stopped = page.evaluate("fetch('http://127.0.0.2:9/').then(() => false, () => true)")
        page.settle(0.5)
        assert not page.evaluate("Boolean(window.ran)") and stopped
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"
        assert not [reply for reply in page.replies if "127.0.0.2" in reply.url]
        assert len(page.errors) >= 5, page.errors
        page.errors.clear()


def no_frame_around_it():
    with guest() as page:
        page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), {src: location.href}))")
        page.settle(0.5)
        assert page.evaluate("frames.length === 0 || (() => { try { return !frames[0].document.querySelector('form'); } catch { return true; } })()")
        page.errors.clear()


def nothing_stays_on_the_phone():
    """No cookie at any time, and once an answer has arrived nothing in any storage."""
    with guest() as page:
        pick(page, "overall", 3)
        assert page.evaluate("Object.keys(localStorage).length") == 0
        send(page)
        assert page.call("Network.getCookies")["cookies"] == [] and page.evaluate("document.cookie") == ""
        assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [[], []]
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
        assert not [reply for reply in page.replies if "set-cookie" in {name.lower() for name in reply.headers}]


CASES = [first_load_is_light, second_load_asks_for_the_page_only, nobody_else_is_asked, policy_is_strict_and_works, no_frame_around_it,
         nothing_stays_on_the_phone]


def main():
    with PLACE, CHROMIUM:
        PLACE.do("init", "--sample")
        with PLACE.intake() as base:
            document = PLACE.do("--json", "cards", "--table", "harbour/7", "--base", base, "--output", PLACE.path("card.pdf")).document
            URL.append(document["cards"][0]["url"])
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
