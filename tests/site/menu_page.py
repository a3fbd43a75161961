#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The menu in a guest's hand: filters, languages, what is sold out while it is looked at, a dish that is rated, and what it weighs; and
the same for who does not see it, does not point at it or has no JavaScript.
"""

import contextlib
import json
import os
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import browser
import restaurant
import tap

MOST_BYTES = 40 * 1024
LIVE_SECONDS = 5
SAMPLE_DISHES = 36
PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
BASE = []
CONTROLS = ("radio", "checkbox", "textbox", "searchbox", "button", "link", "DisclosureTriangle")
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "measure.js"), encoding="utf-8") as script:
    MEASURE = script.read()


@contextlib.contextmanager
def guest(language="en", table="HARBOUR/7", **options):
    """A phone with the menu open; the page must not have run into an error or its own policy meanwhile."""
    page = CHROMIUM.open(**options)
    try:
        page.go(f"{BASE[0]}/M/{table}/KEY?lang={language}")
        if options.get("scripts", True):
            page.wait("document.querySelector('.bar')")
            everything(page)
        yield page
        assert not page.errors, page.errors
    finally:
        page.close()


def everything(page):
    """Shows all parts of the day: the test's hour is nobody's business."""
    page.evaluate("(() => { const input = document.querySelector('.filter [name=p][value=\"0\"]'); if (input) input.click(); })()")


def shown(page):
    return page.evaluate("[...document.querySelectorAll('section > ul > li')].filter((node) => node.getClientRects().length).map((node) => node.dataset.i)")


def choose(page, name, text):
    """Taps a choice of the filter by its words."""
    if not page.evaluate("document.querySelector('.filter details').open"):
        page.click(".filter summary")
    value = page.evaluate(f"[...document.querySelectorAll('.filter [name={name}]')].find((input) => "
                          f"input.nextElementSibling.textContent === {json.dumps(text)}).value")
    page.click(f".filter [name={name}][value='{value}']")


def sold_out(page):
    return page.evaluate("[...document.querySelectorAll('[data-i]')].filter((node) => node.querySelector(':scope > .gone')?.getClientRects().length)"
                         ".map((node) => node.dataset.i)")


def measure(page, call):
    page.evaluate(MEASURE)
    return page.evaluate(f"measure.{call}")


def allergens_are_filtered():
    with guest() as page:
        assert len(shown(page)) == SAMPLE_DISHES, shown(page)
        choose(page, "a", "nuts")
        left = shown(page)
        assert "beetroot" not in left and "cheese" not in left, "contains nuts"
        assert "burrata" not in left and "lentil-bowl" not in left, "traces of nuts"
        assert "cod" in left and f"{len(left)} of {SAMPLE_DISHES} dishes" in page.text()
        assert page.evaluate("document.querySelector('.filter summary').textContent") == "Filter: nuts"
        choose(page, "a", "crustaceans")
        assert not page.evaluate("document.querySelector('[data-i=\"fish-soup/prawns\"]').getClientRects().length")
        page.click(".filter [type=reset]")
        page.wait(f"document.querySelectorAll('section > ul > li:not([hidden])').length === {SAMPLE_DISHES}")


def diets_are_filtered():
    with guest() as page:
        choose(page, "d", "vegan")
        left = shown(page)
        assert {"beetroot", "lentil-bowl", "celeriac"} <= set(left), "one of them with an option only"
        assert not {"cod", "burrata", "steak"} & set(left), left
        choose(page, "d", "gluten-free")
        assert "hummus" in shown(page), "with raw vegetables"
        assert "celeriac" not in shown(page)


def words_are_found():
    with guest("fr") as page:
        page.click("[type=search]")
        page.type("epinard")
        page.wait("document.querySelectorAll('section > ul > li:not([hidden])').length === 1")
        assert shown(page) == ["ravioli"], "accents do not matter"
        page.type(" zzz")
        page.wait("document.querySelector('.filter [role=status]').textContent.includes('Rien')")
        assert shown(page) == []


def part_of_the_day_follows_the_clock():
    """It is the restaurant's clock, wherever the phone thinks it is."""
    page = CHROMIUM.open()
    page.call("Emulation.setTimezoneOverride", timezoneId="Asia/Tokyo")
    for clock, part in (("2026-11-24T11:30:00Z", "lunch"), ("2026-11-24T18:30:00Z", "dinner"), ("2026-11-24T15:30:00Z", None)):
        script_id = page.call("Page.addScriptToEvaluateOnNewDocument", source=(
            f"const now = Date.parse('{clock}'); Date.now = () => now; const Real = Date; "
            "globalThis.Date = class extends Real { constructor(...a) { super(...(a.length ? a : [now])); } static now() { return now; } };"))["identifier"]
        page.go(f"{BASE[0]}/M/HARBOUR/7/KEY?lang=en&{clock[11:13]}")
        page.wait("document.querySelector('.bar')")
        left = shown(page)
        assert ("fish-and-chips" in left) == (part != "dinner"), (clock, left)
        assert ("turbot" in left) == (part != "lunch"), (clock, left)
        assert "burrata" in left
        page.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script_id)
    page.close()


def languages_switch_and_keep_the_filter():
    with guest() as page:
        choose(page, "d", "vegan")
        left = shown(page)
        page.click("header nav summary")
        page.click("header nav a[hreflang='ar']")
        page.wait("document.documentElement.lang === 'ar'")
        assert page.evaluate("document.documentElement.dir") == "rtl" and shown(page) == left
        assert "يحتوي على" in page.text()
        box = page.evaluate("(() => { const dish = document.querySelector('section > ul > li:not([hidden])'); "
                            "return dish.querySelector('h3 span').getBoundingClientRect().x > dish.querySelector('.price').getBoundingClientRect().x; })()")
        assert box, "names on the right, prices on the left"


def sold_out_appears_within_5_seconds():
    with guest() as page:
        assert sold_out(page) == ["crab"]
        file_before = page.evaluate("document.querySelector('main').dataset.version")
        for items, back in ((["cod", "coffee/oat-milk"], False), (["cod", "crab"], True)):
            PLACE.do("menu", "sold-out", *(["--back"] if back else []), *items)
            begun = time.monotonic()
            page.wait(f"Boolean(document.querySelector('[data-i=cod] > .gone')) === {str(not back).lower()}", LIVE_SECONDS)
            print(f"# {'back' if back else 'sold out'} after {time.monotonic() - begun:.1f} s")
        assert sold_out(page) == ["coffee/oat-milk"]
        assert page.evaluate("document.querySelector('main').dataset.version") == file_before
        assert not [request for request in page.requests if request.url.endswith(".html")], "a mark needs no new menu"
        PLACE.do("menu", "sold-out", "--back", "coffee/oat-milk")
        PLACE.do("menu", "sold-out", "crab")


def new_menu_takes_the_place_of_the_old_one():
    path = os.path.join(PLACE.workspace, "menu.json")
    with open(path, encoding="utf-8") as file:
        source = file.read()
    with guest() as page:
        choose(page, "d", "vegetarian")
        left = shown(page)
        page.evaluate("scrollTo(0, document.getElementById('d-ravioli').offsetTop + 20)")
        page.settle(0.2)
        before = page.evaluate("document.getElementById('d-ravioli').getBoundingClientRect().top")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source.replace("Burrata", "Burrata from Puglia"))
        PLACE.do("menu", "publish")
        page.wait("document.body.innerText.includes('Burrata from Puglia')", LIVE_SECONDS)
        assert shown(page) == left and page.evaluate("document.getElementById('status').textContent") == "The menu has just changed."
        assert abs(page.evaluate("document.getElementById('d-ravioli').getBoundingClientRect().top") - before) < 2, "the reader's place"
        PLACE.do("menu", "rollback")
        page.wait("!document.body.innerText.includes('Burrata from Puglia')", LIVE_SECONDS)
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)


def rated_dish_reaches_the_lake():
    with guest(table="HARBOUR/9") as page:
        page.click("[data-i=ravioli] .rate")
        page.click("[data-i=ravioli] .stars input[value='4']")
        page.click("[data-i=steak] .rate")
        page.click("[data-i=steak] .stars input[value='2']")
        assert "Rated dishes: 2" in page.evaluate("document.querySelector('.bar').innerText")
        page.reload()
        page.wait("document.querySelector('[data-i=ravioli] .stars :checked')?.value === '4'")
        page.click(".bar button")
        page.wait("document.getElementById('status').textContent.startsWith('Your rating has arrived')")
        assert page.evaluate("document.querySelector('.bar').hidden")
        assert page.evaluate("[Object.keys(localStorage).length, document.cookie]") == [0, ""]
        posts = [json.loads(request.body) for request in page.requests if request.method == "POST" and "responses" in request.url]
    assert len(posts) == 1 and "comment" not in posts[0], posts
    PLACE.do("sync")
    rows = PLACE.query(f"SELECT item, score, kind, question, table_id FROM answers WHERE id = '{posts[0]['id']}' ORDER BY score")
    assert [[str(cell) for cell in row] for row in rows] == [["steak", "2.0", "stars", "dish", "9"], ["ravioli", "4.0", "stars", "dish", "9"]] or \
        [row[0] for row in rows] == ["steak", "ravioli"], rows


def works_without_a_script():
    with guest("de", scripts=False) as page:
        text = page.text()
        assert len(shown(page)) == SAMPLE_DISHES
        for words in ("Hafen-Fischsuppe", "Enthält: Gluten, Krebstiere", "Mit Garnelen", "Abend, 18:00–22:30 Uhr", "Ausverkauft",
                      "fragen Sie unser Personal", "9,80\u00a0€"):
            assert words in text, (words, text[:2000])
        assert not page.evaluate("document.querySelector('.filter').getClientRects().length")
        assert page.evaluate("document.querySelector('a.to').getAttribute('href')") == "/T/HARBOUR/7/KEY?lang=de"


def tree_and_names():
    with guest() as page:
        page.click(".filter summary")
        page.click("[data-i=cod] .rate")
        nodes = page.tree()
        nameless = [node for node in nodes if node.role in CONTROLS and not node.name.strip()]
        assert not nameless, nameless
        assert sum(node.role == "heading" and node.states.get("level") == 1 for node in nodes) == 1
        assert {"main", "banner", "navigation", "search"} <= {node.role for node in nodes}
        found = [(node.role, node.name) for node in nodes]
        for expected in (("heading", "From the sea"), ("heading", "31 Cod from the oven"), ("button", "Rate Turbot on the bone"),
                         ("radio", "4 of 5 stars"), ("checkbox", "crustaceans"), ("searchbox", "Search the menu"),
                         ("group", "Without"), ("link", "To drink"), ("region", "Sweet")):
            assert expected in found, (expected, [entry for entry in found if entry[0] == expected[0]])
        doubled = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id).filter((id, i, ids) => ids.indexOf(id) !== i)")
        assert not doubled, doubled


def keyboard_alone_is_enough():
    def tab_to(page, condition, limit=60):
        for _ in range(limit):
            page.press("Tab")
            if page.evaluate(f"(() => {{ const node = document.activeElement; return Boolean({condition}); }})()"):
                return
        raise AssertionError(f"tab never gets to {condition}")

    with guest(width=360, height=640) as page:
        tab_to(page, "node.matches('.sections a')")
        tab_to(page, "node.matches('[type=search]')")
        tab_to(page, "node.matches('.filter summary')")
        page.press("Enter")
        tab_to(page, "node.name === 'd' && node.value === '2'")
        page.press(" ")
        page.wait("document.querySelectorAll('section > ul > li:not([hidden])').length < 30")
        tab_to(page, "node.matches('.rate')")
        page.press("Enter")
        page.wait("document.activeElement.name?.startsWith('rate.')")
        page.press(" ")
        page.press("ArrowRight")
        tab_to(page, "node.matches('.bar button')", 120)
        page.press("Enter")
        page.wait("document.getElementById('status').textContent.startsWith('Your rating has arrived')")


def colours_stand_out_and_nothing_spills():
    wrong = []
    for dark in (False, True):
        for language in ("en", "ar"):
            with guest(language, dark=dark, width=360) as page:
                page.click(".filter summary")
                page.click("[data-i=cod] .rate")
                wrong += [(dark, language, line) for line in measure(page, "dimTexts()")]
                # A star is a letter in the colour of the button that it replaced, which is among the texts.
                wrong += [(dark, language, line) for line in measure(page, "dimControls()") if "label. in #d-" not in line]
    for width, zoom in ((320, 1), (360, 1), (640, 2)):
        with guest("de", width=width, zoom=zoom) as page:
            page.click(".filter summary")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append((width, "the page is wider than the window"))
            wrong += [(width, line) for line in page.evaluate(
                "[...document.querySelectorAll('body *')].filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && "
                "!node.closest('.sections')).map((node) => node.outerHTML.slice(0, 80))")]
    with browser.Browser(flags=["--blink-settings=defaultFontSize=32"]) as large:
        for language in ("en", "de", "ar"):
            page = large.open(width=390)
            page.go(f"{BASE[0]}/M/HARBOUR/7/KEY?lang={language}")
            page.wait("document.querySelector('.bar')")
            assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 34, "the guest's letter size counts"
            everything(page)
            page.click(".filter summary")
            page.click("[data-i=cod] .rate")
            wrong += [(language, "letters", line) for line in measure(page, "spills()")]
            page.close()
    assert not wrong, "\n".join(map(str, wrong))


def make_large_menu():
    """120 dishes as long as real ones: the sample's, under other names."""
    with open(os.path.join(PLACE.workspace, "menu.json"), encoding="utf-8") as file:
        menu = json.load(file)
    menu["languages"] = ["en"]
    sample = [(section, dish) for section in menu["sections"] for dish in section["dishes"]]
    words = sorted({word for _, dish in sample for text in (dish["name"]["en"], dish.get("text", {}).get("en", "")) for word in text.split()})
    for section in menu["sections"]:
        section["dishes"] = []
    for number in range(120):
        section, dish = sample[number % len(sample)]
        copy = json.loads(json.dumps(dish))
        copy["id"], copy["number"] = f"{dish['id']}-{number}", number + 1
        # Every dish has words of its own, so that packing cannot profit from copies.
        copy["name"]["en"] = " ".join(words[(number * 7 + step * 13) % len(words)] for step in range(3))
        copy["text"] = {"en": " ".join(words[(number * 11 + step * 17 + 5) % len(words)] for step in range(7))}
        section["dishes"].append(copy)
    return menu


def large_menu_is_light():
    path = os.path.join(PLACE.workspace, "menu.json")
    with open(path, encoding="utf-8") as file:
        source = file.read()
    large = make_large_menu()
    with open(path, "w", encoding="utf-8") as file:
        json.dump(large, file)
    PLACE.do("menu", "publish")
    page = CHROMIUM.open()
    page.call("Network.clearBrowserCache")
    page.go(f"{BASE[0]}/M/HARBOUR/7/KEY?lang=en")
    page.wait("document.querySelector('.bar')")
    page.settle(1)
    weight = sum(page.weights.values())
    hosts = {urllib.parse.urlsplit(request.url).netloc for request in page.requests}
    dishes = page.evaluate("document.querySelectorAll('section > ul > li').length")
    parts = [urllib.parse.urlsplit(reply.url).path for reply in page.replies]
    print(f"# 120 dishes: {weight} bytes over the wire in {len(page.weights)} replies: {list(page.weights.values())} {parts}")
    page.close()
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    PLACE.do("menu", "publish")
    assert dishes == 120 and weight <= MOST_BYTES, weight
    assert hosts == {urllib.parse.urlsplit(BASE[0]).netloc.lower()}, hosts


CASES = [allergens_are_filtered, diets_are_filtered, words_are_found, part_of_the_day_follows_the_clock, languages_switch_and_keep_the_filter,
         sold_out_appears_within_5_seconds, new_menu_takes_the_place_of_the_old_one, rated_dish_reaches_the_lake, works_without_a_script,
         tree_and_names, keyboard_alone_is_enough, colours_stand_out_and_nothing_spills, large_menu_is_light]


def main():
    with PLACE, CHROMIUM:
        PLACE.do("init", "--sample")
        with PLACE.intake() as base:
            BASE.append(base.lower())
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
