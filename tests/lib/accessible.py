# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows as assistive technology sees them, which is what is on the screen."""

import os
import time

# The library that reads the tree warns of nodes that have gone meanwhile; only the window's own warnings are faults.
WINDOW_DEBUG = os.environ.pop("G_DEBUG", "")

import pyatspi  # pylint: disable=wrong-import-position  # it reads the variable when it is loaded


def walk(node):
    """The node and everything below it; what vanishes meanwhile is left out."""
    yield node
    try:
        children = [node.getChildAtIndex(index) for index in range(node.childCount)]
    except Exception:  # pylint: disable=broad-except  # the peer raises many kinds for a node that has gone
        return
    for child in children:
        if child is not None:
            yield from walk(child)


def find_application(pid, seconds=180):
    """The application of a process, once it is on the bus."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == pid:
                return application
        time.sleep(0.2)
    raise AssertionError(f"process {pid} is not on the accessibility bus")


def find_one_with(role, name, seconds=60):
    """The application that has such a node: one in a sandbox is on the bus with the id of what passes on its messages."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for application in pyatspi.Registry.getDesktop(0):
            try:
                if application is not None and find(application, role, name, seconds=0):
                    return application
            except Exception:  # pylint: disable=broad-except  # it has no such node, or has gone
                continue
        time.sleep(0.2)
    raise AssertionError(f"no application on the accessibility bus has {name!r}")


def describe(node):
    """What is said of a node now; nothing while its window is too busy to answer, and while the text changes."""
    try:
        node.clearCache()
        return node.description
    except Exception:  # pylint: disable=broad-except  # the peer raises many kinds for a node that has gone
        return ""


def press(root, name):
    """A person presses the button of that name."""
    assert find(root, pyatspi.ROLE_PUSH_BUTTON, name, showing=True).queryAction().doAction(0), f"{name!r} cannot be pressed"


def find(root, role, name, seconds=60, showing=False):
    """The first node of a role and a name, once it is there."""
    deadline = time.monotonic() + seconds
    while True:
        for node in walk(root):
            try:
                if node.getRole() == role and node.name == name and (not showing or node.getState().contains(pyatspi.STATE_SHOWING)):
                    return node
            except Exception:  # pylint: disable=broad-except  # the peer raises many kinds for a node that has gone
                continue
        if time.monotonic() >= deadline:
            raise AssertionError(f"the window has no {name!r}")
        time.sleep(0.2)


def find_matching(root, condition, seconds=40):
    """The first node that a condition holds for, once there is one."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for node in walk(root):
            try:
                if condition(node):
                    return node
            except Exception:  # pylint: disable=broad-except  # the peer raises many kinds for a node that has gone, or has no text
                continue
        time.sleep(0.2)
    raise AssertionError("the window has no such node")
