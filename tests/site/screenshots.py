#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of the form, as ./dev screenshots does of the window: the states that a guest meets, light and dark, on a phone, a
tablet and a desktop, in a language from either side.

usage: screenshots.py FOLDER
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import browser
import form_page
import restaurant

SIZES = {"360": (360, 740), "800": (800, 1100), "1280": (1280, 800)}


def shoot(chromium, url, folder, language, size, dark):
    """The form's states in one language, size and scheme."""
    stem = os.path.join(folder, f"form-{language}-{size}-{'dark' if dark else 'light'}")
    width, height = SIZES[size]
    with form_page.open_form(chromium, f"{url}?lang={language}", width=width, height=height, dark=dark) as page:
        page.screenshot(f"{stem}-1-start.png")
        form_page.pick(page, "overall", 2)
        form_page.pick(page, "wrong", "waiting")
        form_page.pick(page, "food", 4)
        form_page.pick(page, "recommend", 7)
        form_page.rate_dish(page, "cod", 4)
        form_page.rate_dish(page, "rote-gruetze", 2)
        page.screenshot(f"{stem}-2-answered.png", whole=True)
        page.click("details.contact summary")
        page.click("#contact_consent")
        page.click("button.send")
        page.screenshot(f"{stem}-3-check.png", whole=True)
        page.click("#contact_consent")
        page.click("button.send")
        page.wait("document.getElementById('fate')")
        page.settle()
        page.screenshot(f"{stem}-4-thanks.png")


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    place, chromium = restaurant.Restaurant(), browser.Browser()
    with place, chromium:
        place.do("init", "--sample")
        with place.intake() as base:
            document = place.do("--json", "cards", "--table", "harbour/7", "--base", base, "--output", place.path("card.pdf")).document
            for language in ("en", "de", "ar"):
                for size in SIZES:
                    for dark in (False, True):
                        shoot(chromium, document["cards"][0]["url"], folder, language, size, dark)


main()
