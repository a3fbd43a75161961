# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a guest does on the form's page in a browser."""

import contextlib
import json
import urllib.parse

ARRIVED = "Your answer has arrived."
SAVED = "Saved on your phone. It will be sent when you are online."


@contextlib.contextmanager
def open_form(chromium, url, dishes=True, **options):
    """A page with the form, closed afterwards; the page must not have run into an error or its own policy meanwhile. @dishes: if it is to ask about them,
    it does when this returns, so that nothing moves under the test's hand."""
    page = chromium.open(**options)
    try:
        page.go(url)
        if dishes and options.get("scripts", True):
            page.wait("!JSON.parse(document.getElementById('data')?.textContent || '{}').dishes || document.querySelector('.dishes')")
        yield page
        assert not page.errors, page.errors
    finally:
        page.close()


def pick(page, question, value):
    """Taps a choice, a face, a star or a number."""
    page.click(f"#q-{question} input[value='{value}']")


def rate_dish(page, dish, stars):
    """Opens the dish's section, ticks the dish and taps its stars."""
    place = f"#q-dish li[data-i={json.dumps(dish)}]"
    page.wait(f"document.querySelector({json.dumps(place)})")
    if not page.evaluate(f"document.querySelector({json.dumps(place)}).closest('details').open"):
        page.evaluate(f"document.querySelector({json.dumps(place)}).closest('details').id = 'opened'")
        page.click("#opened > summary")
        page.evaluate("document.getElementById('opened').removeAttribute('id')")
    if not page.evaluate(f"document.querySelector({json.dumps(place + ' input')}).checked"):
        page.click(f"{place} input[type=checkbox]")
    page.click(f"{place} input[value='{stars}']")


def fate_is(words):
    """The expression that is true when the page says @words of the answer."""
    return f"document.getElementById('fate')?.textContent === {json.dumps(words)}"


def wait_for_fate(page, words):
    page.wait(fate_is(words))


def send(page, words=ARRIVED):
    """Sends, and waits until the page says @words."""
    page.click("button.send")
    wait_for_fate(page, words)


def weigh(page):
    """Bytes over the wire by path: of the first load, which is all that is needed to answer, and of what asks about dishes."""
    first, later = {}, {}
    for request, weight in page.weights.items():
        path = urllib.parse.urlsplit(page.urls[request]).path
        (later if path.startswith(("/menu/", "/assets/dishes.")) else first)[path] = weight
    return first, later


def posts(page):
    """The requests that carried an answer to the collector."""
    return [request for request in page.requests if request.method == "POST" and request.url.endswith("/v1/responses")]


def is_shown(page, selector):
    """Whether an element is there and takes room."""
    return page.evaluate(f"(() => {{ const node = document.querySelector({json.dumps(selector)}); "
                         "return Boolean(node && node.getClientRects().length); })()")
