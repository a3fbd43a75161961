#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as assistive technology sees it, on a sample restaurant: pictures have a name and say what they show.

usage: accessible_names.py MAKE_SAMPLE SOBREMESA_WINDOW
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

# The library that reads the tree warns of nodes that have gone meanwhile; only the window's own warnings are faults.
WINDOW_DEBUG = os.environ.pop("G_DEBUG", "")

import pyatspi  # pylint: disable=wrong-import-position  # it reads the variable when it is loaded

CHARTS = 7


def find_application(process, seconds):
    """The accessible application of the process, once it is on the bus."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == process.pid:
                return application
        time.sleep(0.2)
    return None


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


def wait_for_images(application, seconds):
    """The images that are shown, once there are as many as the page has."""
    end = time.monotonic() + seconds
    images = []
    while time.monotonic() < end:
        images = [node for node in walk(application)
                  if node.getRole() == pyatspi.ROLE_IMAGE and node.name and node.getState().contains(pyatspi.STATE_SHOWING)]
        if len(images) >= CHARTS:
            return images
        time.sleep(0.3)
    return images


def report(number, passed, name, detail=""):
    """One TAP line."""
    print(f"{'ok' if passed else 'not ok'} {number} - {name}" + (f" # {detail}" if detail and not passed else ""), flush=True)


def main():
    """Makes the restaurant, opens the window and looks at its tree."""
    make_sample, window = sys.argv[1], sys.argv[2]
    folder = tempfile.mkdtemp(prefix="sobremesa-names-")
    restaurant = os.path.join(folder, "restaurant")
    print("TAP version 13\n1..4", flush=True)
    process = None
    try:
        subprocess.run([make_sample, restaurant], check=True)
        environment = {**os.environ, "GTK_A11Y": "atspi", "G_DEBUG": WINDOW_DEBUG}
        process = subprocess.Popen([window, "--workspace", restaurant], env=environment)
        application = find_application(process, 40)
        report(1, application is not None, "the window is on the accessibility bus")
        images = wait_for_images(application, 40) if application is not None else []
        report(2, len(images) >= CHARTS, "every picture has a name", f"{[node.name for node in images]}")
        mute = [node.name for node in images if not node.description]
        report(3, bool(images) and not mute, "every picture says what it shows", f"{mute}")
        nodes = list(walk(application)) if application is not None else []
        roles = (pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_COMBO_BOX)
        nameless = [node for node in nodes if node.getRole() in roles and node.getState().contains(pyatspi.STATE_SHOWING) and not node.name]
        report(4, bool(nodes) and not nameless, "every button has a name", f"{[str(node) for node in nameless]}")
    finally:
        if process is not None:
            process.terminate()
            process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
