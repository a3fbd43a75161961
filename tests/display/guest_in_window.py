#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guests answer in a real browser, and each answer is in the open window by itself, once: as the window's accessibility tree says, which is
what is on the screen. How long that took is printed; a sanitized window is several times slower than the one that people have.

usage: guest_in_window.py SOBREMESA_WINDOW
"""

import os
import re
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import accessible
import browser
import form_page
import printed_page
import restaurant
import tap
from accessible import find, pyatspi, walk

SECONDS = 60.0
HOURS_AWAY = 48
PLACE = restaurant.Restaurant()
CHROMIUM = browser.Browser()
URL = []


def is_label_with(node, words):
    """Whether a node is such a label; one that has gone, or whose window is too busy to answer, is none."""
    try:
        return node.getRole() == pyatspi.ROLE_LABEL and words in node.name
    except Exception:  # pylint: disable=broad-except  # the peer raises many kinds for a node that has gone
        return False


class Window:
    """The running window, looked at through its accessibility tree."""

    def __init__(self, program, address):
        # The window has the display and the bus of this test, and the folders of its restaurant.
        environment = {**PLACE.env, **{name: os.environ[name] for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")},
                       "GTK_A11Y": "atspi", "G_DEBUG": accessible.WINDOW_DEBUG}
        self.process = subprocess.Popen([program, "--workspace", PLACE.workspace, "--listen", address], env=environment)
        self.application = self.answers = self.comments = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def begin(self):
        self.application = accessible.find_application(self.process.pid)
        self.answers = find(self.application, pyatspi.ROLE_IMAGE, "Answers")
        self.comments = find(self.application, pyatspi.ROLE_LIST, "What guests say")
        find(self.application, pyatspi.ROLE_LABEL, "● Collecting")

    def count(self):
        """The number on the tile of answers. While a text changes the bus has none for it."""
        said = []

        def is_said():
            said.append(accessible.describe(self.answers))
            return re.match(r"Answers: [\d\u2009]+", said[-1])

        assert restaurant.wait_until(is_said, SECONDS), f"the tile says {said[-1]!r}"
        return int(re.match(r"Answers: ([\d\u2009]+)", said[-1]).group(1).replace("\u2009", ""))

    def count_comment(self, words):
        """How often a comment is in the list."""
        self.comments.clearCache()
        return sum(is_label_with(node, words) for node in walk(self.comments))


def see(window, before, new=1, words=None):
    """Fails unless @new answers are in the window soon after now, and the comment, if one is given, once. The list begins with the newest
    comment and has a screenful of them, so that one of two days ago is not in it."""
    begun = time.monotonic()
    seen = restaurant.wait_until(lambda: window.count() == before + new, SECONDS)
    took = time.monotonic() - begun
    assert seen, f"the window counts {window.count()}, not {before + new}"
    if words is not None:
        assert restaurant.wait_until(lambda: window.count_comment(words) == 1, SECONDS), f"{window.count_comment(words)} times {words!r}"
    time.sleep(1)
    assert window.count() == before + new, "it is counted once"
    print(f"# in the window {took:.1f} s after the browser heard that it is stored")


def with_javascript(window):
    before = window.count()
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        form_page.pick(page, "overall", 5)
        form_page.pick(page, "food", 4)
        page.click("#t-comment")
        page.type("Seen from the browser")
        form_page.send(page)
        see(window, before, words="Seen from the browser")


def without_javascript(window):
    before = window.count()
    with form_page.open_form(CHROMIUM, URL[0], scripts=False) as page:
        form_page.pick(page, "overall", 2)
        page.click("#t-comment")
        page.type("Seen without a script")
        page.click("button.send")
        page.wait("document.querySelector('.thanks')")
        see(window, before, words="Seen without a script")


def offline_and_back(window):
    before = window.count()
    with form_page.open_form(CHROMIUM, URL[0]) as page:
        page.start_clock(time.time() - HOURS_AWAY * 3600)
        page.set_offline(True)
        for number in range(3):
            form_page.pick(page, "overall", 3)
            page.click("#t-comment")
            page.type(f"Seen after two days, {number}")
            page.click("button.send")
            page.pass_time_until(form_page.fate_is(form_page.SAVED))
            page.click("button.quiet")
        page.pass_time(HOURS_AWAY * 3600)
        assert window.count() == before
        page.set_offline(False)
        page.pass_time_until("Object.keys(localStorage).length === 0")
        see(window, before, 3)


def main():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with PLACE, CHROMIUM:
        PLACE.do("init", "--sample")
        with Window(sys.argv[1], address) as window:
            window.begin()
            PLACE.do("cards", "--table", "harbour/13", "--base", f"http://{address}", "--output", PLACE.path("card.pdf"))
            URL.extend(printed_page.read_codes(PLACE.path("card.pdf")))
            tap.run([(case.__name__.replace("_", " "), lambda case=case: case(window))
                     for case in (with_javascript, without_javascript, offline_and_back)])


main()
