#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form for who does not see it, does not point at it, or sees it large: WCAG 2.1, level AA, measured on the page as it is drawn, in the
states that a guest meets.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import browser
import form_page
import restaurant
import tap
from form_page import pick, send

PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
URL = []
CONTROLS = ("radio", "checkbox", "textbox", "button", "link", "DisclosureTriangle", "progressbar")
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "measure.js"), encoding="utf-8") as script:
    MEASURE = script.read()


def guest(language="en", **options):
    return form_page.open_form(CHROMIUM, f"{URL[0]}?lang={language}", **options)


def measure(page, call):
    page.evaluate(MEASURE)
    return page.evaluate(f"measure.{call}")


def start(_page):
    pass


def answered(page):
    pick(page, "overall", 2)
    pick(page, "wrong", "waiting")
    pick(page, "food", 4)
    pick(page, "recommend", 7)
    form_page.rate_dish(page, "cod", 4)
    page.click("details.contact summary")


def checked(page):
    answered(page)
    page.click("#contact_consent")
    page.click("button.send")


def languages(page):
    page.click("header nav summary")


def thanked(page):
    pick(page, "overall", 5)
    page.click("button.send")
    page.wait("document.getElementById('fate')")


STATES = [start, answered, checked, languages, thanked]


def everything_has_a_name_and_a_role():
    for state in STATES:
        with guest() as page:
            state(page)
            nodes = page.tree()
            nameless = [node for node in nodes if node.role in CONTROLS and not node.name.strip()]
            assert not nameless, (state.__name__, nameless)
            doubled = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id).filter((id, i, ids) => ids.indexOf(id) !== i)")
            assert not doubled, (state.__name__, doubled)
            assert sum(node.role == "heading" and node.states.get("level") == 1 for node in nodes) == 1, (state.__name__, nodes)
            assert {"main", "banner", "navigation"} <= {node.role for node in nodes}, (state.__name__, {node.role for node in nodes})


def tree_says_what_the_page_shows():
    with guest() as page:
        answered(page)
        nodes = page.tree()
    found = [(node.role, node.name) for node in nodes]
    groups = [name for role, name in found if role in ("group", "radiogroup") and name]
    assert groups[:2] == ["Your visit overall", "What went wrong? Choose all that apply"], groups
    assert {"Food", "Service", "Place", "Value", "Would you recommend us to a friend?", "How was what you had? Choose all that apply",
            "Cod from the oven"} <= set(groups), groups
    assert [name for role, name in found if role == "radio"][:5] == ["Very bad", "Bad", "Okay", "Good", "Very good"], found
    assert found.count(("radio", "4 of 5")) == 5 and ("checkbox", "Cod from the oven") in found and ("DisclosureTriangle", "From the sea 1") in found, found
    assert ("radio", "10") in found and ("checkbox", "The waiting") in found, found
    assert ("textbox", "Anything you would like to tell us? optional") in found and ("button", "Send feedback") in found, found
    assert ("textbox", "E-mail address or phone number") in found, found
    assert ("checkbox", "You may keep my address for 60 days to answer me.") in found, found
    assert not any("Website" in name for _, name in found), "nobody meets the trap"
    ticked = [node.name for node in nodes if node.states.get("checked") == "true"]
    assert ticked == ["Bad", "The waiting", "4 of 5", "7", "Cod from the oven", "4 of 5"], ticked
    assert any(role == "progressbar" and name == "5 of 8 answered" for role, name in found), found


def required_and_wrong_are_exposed():
    with guest() as page:
        first = next(node for node in page.tree() if node.role == "radiogroup")
        assert first.states.get("required") is True, first
        checked(page)
        wrong = [node.name for node in page.tree() if node.states.get("invalid") == "true"]
        assert wrong == ["E-mail address or phone number"], wrong
        assert any(node.role == "alert" for node in page.tree())


def keyboard_alone_is_enough():
    """Tab, arrows, space and enter only; each place that gets the focus is marked and in sight."""
    unseen = []

    def tab_to(page, condition, limit=40):
        for _ in range(limit):
            page.press("Tab")
            unseen.extend(measure(page, "focusMark()"))
            if page.evaluate(f"(() => {{ const node = document.activeElement; return Boolean({condition}); }})()"):
                return
        raise AssertionError(f"tab never gets to {condition}")

    for dark in (False, True):
        with guest(dark=dark, width=360, height=640) as page:
            tab_to(page, "node.matches('header summary')")
            tab_to(page, "node.name === 'q.overall'")
            page.press(" ")
            for _ in range(2):
                page.press("ArrowRight")
            unseen.extend(measure(page, "focusMark()"))
            assert page.evaluate("document.activeElement.value") == "3"
            tab_to(page, "node.name === 'q.wrong' && node.value === 'food'")
            page.press(" ")
            tab_to(page, "node.name === 'q.food'")
            page.press("ArrowLeft")
            assert page.evaluate("document.querySelector('#q-food input:checked').value") == "5", "arrows go round"
            tab_to(page, "node.matches('.dish summary')")
            page.press("Enter")
            tab_to(page, "node.closest('li')?.dataset.i === 'fish-soup'")
            page.press(" ")
            tab_to(page, "node.name === 'dish.fish-soup'")
            page.press("ArrowRight")
            assert page.evaluate("document.querySelector('[name=\"q.dish\"]').value") == "2:fish-soup"
            tab_to(page, "node.id === 't-comment'")
            page.type("By keyboard")
            tab_to(page, "node.matches('.contact summary')")
            page.press("Enter")
            tab_to(page, "node.id === 'contact'")
            page.type("+49 30 1234567")
            tab_to(page, "node.id === 'contact_consent'")
            page.press(" ")
            tab_to(page, "node.matches('button.send')")
            page.press("Enter")
            form_page.wait_for_fate(page, form_page.ARRIVED)
            tab_to(page, "node.matches('a.send')")
            tab_to(page, "node.matches('button.quiet')")
            page.press("Enter")
            assert page.evaluate("document.activeElement.name") == "q.overall", "the next answer begins where the first did"
            assert page.evaluate("[...document.querySelectorAll('[tabindex]')].every((node) => node.tabIndex <= 0)")
            page.wait("Object.keys(localStorage).length === 0")
    assert not unseen, unseen


def colours_stand_out():
    wrong = []
    for dark in (False, True):
        for state in STATES:
            with guest(dark=dark) as page:
                state(page)
                for call in ("dimTexts()", "dimControls()"):
                    wrong += [(dark, state.__name__, line) for line in measure(page, call)]
    with guest(scripts=False) as page:
        wrong += [("no script", line) for line in measure(page, "dimTexts()") + measure(page, "dimControls()")]
    assert not wrong, "\n".join(map(str, wrong))


def fingers_hit():
    for width, least in ((390, 40), (360, 40), (320, 34)):
        for state in STATES:
            with guest(width=width) as page:
                state(page)
                small = measure(page, f"smallTargets({least}, 44)")
                assert not small, (width, state.__name__, small)


def nothing_spills():
    """Down to 320 px, with the browser's zoom at 200 %, with twice the letter size, and with WCAG's spacing of text (1.4.12)."""
    spaced = ("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
              " p { margin-bottom: 2em !important; }")
    wrong = []
    views = [(320, 740, 1), (360, 740, 1), (390, 740, 1), (800, 1100, 1), (1280, 800, 1), (1280, 800, 2), (1280, 1024, 4)]
    for language in ("en", "de", "fr", "ar"):
        with guest(language) as page:
            for state in (start, checked, languages):
                page.resize(390, 844)
                state(page)
                for view in views:
                    page.resize(*view)
                    for style in ("", spaced):
                        page.evaluate(f"(() => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync({json.dumps(style)}); "
                                      "document.adoptedStyleSheets = [sheet]; })()")
                        wrong += [(language, view, bool(style), state.__name__, line) for line in measure(page, "spills()")]
    with browser.Browser(flags=["--blink-settings=defaultFontSize=32"]) as large:
        for language in ("en", "de", "ar"):
            with form_page.open_form(large, f"{URL[0]}?lang={language}", width=390) as page:
                assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 34, "the guest's letter size counts"
                checked(page)
                wrong += [(language, "letters", line) for line in measure(page, "spills()")]
    assert not wrong, "\n".join(map(str, wrong[:40]))


def languages_have_their_direction():
    with guest("ar") as page:
        answered(page)
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
        places = page.evaluate("[...document.querySelectorAll('#q-overall label')].map((label) => label.getBoundingClientRect().x)")
        assert places == sorted(places, reverse=True), places
        assert page.evaluate("document.querySelector('.house').getBoundingClientRect().right > "
                             "document.querySelector('header nav').getBoundingClientRect().right")
        assert page.evaluate("[document.getElementById('t-comment').dir, document.getElementById('contact').dir]") == ["auto", "ltr"]
        page.click("header nav summary")
        links = page.evaluate("[...document.querySelectorAll('header nav a')].map((link) => [link.lang, link.hreflang, link.textContent])")
        assert links == [["en", "en", "English"], ["de", "de", "Deutsch"], ["es", "es", "Español"], ["fr", "fr", "Français"]], links


def nothing_moves_for_who_minds():
    moves = {}
    for still in (True, False):
        with guest(still=still) as page:
            page.evaluate("document.addEventListener('animationstart', () => window.moved = true);"
                          "document.addEventListener('transitionrun', () => window.moved = true)")
            pick(page, "overall", 5)
            page.settle(0.5)
            moves[still] = page.evaluate("Boolean(window.moved)")
    assert moves == {True: False, False: True}, moves


def news_is_said_aloud():
    """What changes without the focus is in a live region: whether an answer arrived, what waits, how far the guest is."""
    with guest() as page:
        pick(page, "overall", 5)
        page.set_offline(True)
        send(page, form_page.SAVED)
        fate = next(node for node in page.tree() if node.role == "status" and node.name == "" and node.states.get("live") == "polite")
        assert fate and page.evaluate("document.getElementById('fate').getAttribute('role')") == "status"
        assert page.evaluate("document.activeElement.matches('.thanks')"), "the focus goes to the thanks"
        page.set_offline(False)
        form_page.wait_for_fate(page, form_page.ARRIVED)


def own_colours_show_the_choice():
    """With the guest's own colours in force, what is chosen differs from what is not."""
    with guest() as page:
        page.call("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": "active"}])
        answered(page)
        for question in ("overall", "wrong", "recommend"):
            grounds = page.evaluate(f"[...document.querySelectorAll('#q-{question} label')].map((label) => "
                                    "[label.querySelector('input').checked, getComputedStyle(label).backgroundColor])")
            chosen = {ground for checked_, ground in grounds if checked_}
            assert len(chosen) == 1 and not chosen & {ground for checked_, ground in grounds if not checked_}, grounds


CASES = [everything_has_a_name_and_a_role, tree_says_what_the_page_shows, required_and_wrong_are_exposed, keyboard_alone_is_enough,
         colours_stand_out, fingers_hit, nothing_spills, languages_have_their_direction, nothing_moves_for_who_minds, news_is_said_aloud,
         own_colours_show_the_choice]


def main():
    with PLACE, CHROMIUM:
        PLACE.do("init", "--sample")
        with PLACE.intake() as base:
            document = PLACE.do("--json", "cards", "--table", "harbour/7", "--base", base, "--output", PLACE.path("card.pdf")).document
            URL.append(document["cards"][0]["url"])
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
