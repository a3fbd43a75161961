#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as assistive technology sees it, page by page: whatever can be focused has a name, pictures say what they show.

usage: accessible_names.py SHOW_PAGES
"""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

# The library that reads the tree warns of nodes that have gone meanwhile; only the window's own warnings are faults.
WINDOW_DEBUG = os.environ.pop("G_DEBUG", "")

import pyatspi  # pylint: disable=wrong-import-position  # it reads the variable when it is loaded

import tap

CHARTS = 12
SECONDS = 40
# How long something has to stay nameless to be a fault: what leaves the screen loses its names before it is gone.
SETTLED_SECONDS = 4
BUTTONS = (pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_CHECK_BOX)
# What hands the focus on to what it holds, and is no stop of its own while it holds something.
CONTAINERS = (pyatspi.ROLE_WINDOW, pyatspi.ROLE_FRAME, pyatspi.ROLE_APPLICATION, pyatspi.ROLE_PANEL, pyatspi.ROLE_SCROLL_PANE,
              pyatspi.ROLE_LIST, pyatspi.ROLE_GROUPING)
PAGES = {
    "page overview": 25,
    "page cards": 20,
    "page menu": 40,
    "edit menu sections[0].dishes[1]": 50,
    "edit form": 12,
    "edit form questions[1]": 30,
    "page collect": 8,
    "page queries": 8,
    "page cloud": 14,
    "panel rejects": 4,
    "panel test": 3,
    "panel drift": 2,
    "panel resources": 6,
    "panel dashboards": 3,
    "panel deploy": 6,
    "panel remove": 3,
    "dialog preferences": 6,
    "dialog shortcuts": 1,
    "dialog help": 1,
    "dialog about": 3,
    "dialog notes": 6,
    "welcome": 3,
}


def find_application(process, seconds):
    """The accessible application of the process, once it is on the bus."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == process.pid:
                return application
        time.sleep(0.2)
    raise AssertionError("the window is not on the accessibility bus")


def walk(node, trail=()):
    """The node and everything below it that is shown, each with the names and roles above it; what vanishes meanwhile is left out."""
    try:
        shown = node.getState().contains(pyatspi.STATE_SHOWING) or node.getRole() == pyatspi.ROLE_APPLICATION
        step = f"{node.getRoleName()} “{node.name}”"
        # The list of a drop-down that is closed is said to be shown and is not.
        closed = node.getRole() == pyatspi.ROLE_COMBO_BOX
        children = [] if closed else [node.getChildAtIndex(index) for index in range(node.childCount)]
    except Exception:  # pylint: disable=broad-except  # the peer raises many kinds for a node that has gone
        return
    if not shown:
        return
    yield node, trail + (step,)
    for child in children:
        if child is not None:
            yield from walk(child, trail + (step,))


def says_something(node):
    """Whether a reader has anything to say for it: its name, or of a list item and of a table's row what it holds."""
    if node.name and node.name.strip():
        return True
    if node.getRole() in (pyatspi.ROLE_LIST_ITEM, pyatspi.ROLE_TABLE_ROW, pyatspi.ROLE_TABLE_CELL, pyatspi.ROLE_COLUMN_HEADER):
        return any(child.name and child.name.strip() for child, _ in walk(node) if child != node)
    return False


def can_be_focused(node):
    """Whether Tab or a pointer can put the focus there."""
    return node.getState().contains(pyatspi.STATE_FOCUSABLE)


def must_have_a_name(node):
    """Whether it can be pressed, or focused by itself."""
    if node.getRole() in BUTTONS:
        return True
    if not can_be_focused(node):
        return False
    return node.getRole() not in CONTAINERS or not any(can_be_focused(child) for child, _ in walk(node) if child != node)


class Window:
    """The program that shows pages."""

    def __init__(self, program):
        environment = {**os.environ, "GTK_A11Y": "atspi", "G_DEBUG": WINDOW_DEBUG}
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        self.application = find_application(self.process, SECONDS)

    def show(self, what):
        """Brings it up and waits until the program says so."""
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert answer == f"shown {what}", answer

    def list(self, least):
        """What must have a name, once there is as much of it as expected: (node, trail)."""
        end = time.monotonic() + SECONDS
        found = []
        while time.monotonic() < end:
            found = [(node, trail) for node, trail in walk(self.application) if must_have_a_name(node)]
            if len(found) >= least:
                return found
            time.sleep(0.3)
        raise AssertionError(f"only {len(found)} of {least}: {[trail[-1] for _, trail in found]}")

    def find_nameless(self, least):
        """The trails of what can be used, says nothing, and does not go away."""
        nameless = self._look_for_nameless(least)
        end = time.monotonic() + SETTLED_SECONDS
        while nameless and time.monotonic() < end:
            time.sleep(0.3)
            nameless &= self._look_for_nameless(least)
        return sorted(nameless)

    def _look_for_nameless(self, least):
        return {" › ".join(trail[-6:]) for node, trail in self.list(least) if not says_something(node)}

    def close(self):
        """Ends it; its status counts."""
        self.process.stdin.close()
        assert self.process.wait(SECONDS) == 0, self.process.returncode


def wait_for_images(window):
    """The pictures that are shown, once there are as many as the page has."""
    end = time.monotonic() + SECONDS
    images = []
    while time.monotonic() < end:
        images = [node for node, _ in walk(window.application) if node.getRole() == pyatspi.ROLE_IMAGE and node.name]
        if len(images) >= CHARTS:
            return images
        time.sleep(0.3)
    raise AssertionError(f"{[node.name for node in images]}")


def main():
    """Opens the window and looks at its tree, page by page."""
    window = Window(sys.argv[1])

    def pictures_say_what_they_show():
        window.show("page overview")
        mute = [node.name for node in wait_for_images(window) if not node.description]
        assert not mute, mute

    def everything_has_a_name(what, least):
        window.show(what)
        nameless = window.find_nameless(least)
        assert not nameless, "\n".join(nameless)

    def a_button_without_a_name_is_noticed():
        window.show("nameless")
        assert len(window.find_nameless(1)) == 1, window.find_nameless(1)

    cases = [("pictures say what they show", pictures_say_what_they_show)]
    for page in PAGES.items():
        cases.append((f"everything has a name: {page[0]}", lambda page=page: everything_has_a_name(*page)))
    cases.append(("a button without a name is noticed", a_button_without_a_name_is_noticed))
    try:
        tap.run(cases)
    finally:
        window.close()


if __name__ == "__main__":
    main()
