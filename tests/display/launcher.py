#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop starts the installed program: over the bus, by its service file, with the actions of its menu and with files.

usage: launcher.py APP_ID
"""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import accessible
import activation
import restaurant
import tap
from accessible import pyatspi

PLACE = restaurant.Restaurant()
OTHER = restaurant.Restaurant()


def find_window(program, name):
    return accessible.find(accessible.find_application(program.pid()), pyatspi.ROLE_FRAME, name)


def nothing_runs_before_it_is_asked_for(program):
    assert not program.is_running()


def activation_opens_the_workspace(program):
    program.call("Activate", "(a{sv})", {})
    find_window(program, "Harbour Kitchen")


def a_second_activation_opens_no_second_window(program):
    program.call("Activate", "(a{sv})", {})
    tree = accessible.find_application(program.pid())
    assert tree.childCount == 1, tree.childCount


def its_menu_shows_the_cards(program):
    program.call("ActivateAction", "(sava{sv})", "cards", [], {})
    accessible.find(find_window(program, "Harbour Kitchen"), pyatspi.ROLE_PUSH_BUTTON, "Print All Cards…", showing=True)


def its_menu_collects(program):
    program.call("ActivateAction", "(sava{sv})", "collect", [], {})
    window = find_window(program, "Harbour Kitchen")
    accessible.find(window, pyatspi.ROLE_LABEL, "Try it with your phone", showing=True)
    accessible.find(window, pyatspi.ROLE_LABEL, "● Collecting")


def a_file_opens_the_restaurant_it_is_in(program):
    program.call("Open", "(asa{sv})", ["file://" + os.path.join(OTHER.workspace, "workspace.json")], {})
    find_window(program, "My restaurant")
    find_window(program, "Harbour Kitchen")


def a_file_elsewhere_is_refused_with_words(program):
    program.call("Open", "(asa{sv})", ["sftp://kitchen.example/workspace.json"], {})
    text = "Only a restaurant on this computer can be opened: copy its folder here first"
    accessible.find(accessible.find_application(program.pid()), pyatspi.ROLE_LABEL, text)


def it_ends_when_asked(program):
    program.quit()
    assert not program.is_running()


CASES = [nothing_runs_before_it_is_asked_for, activation_opens_the_workspace, a_second_activation_opens_no_second_window,
         its_menu_shows_the_cards, its_menu_collects, a_file_opens_the_restaurant_it_is_in, a_file_elsewhere_is_refused_with_words,
         it_ends_when_asked]


def main():
    program = activation.Program(sys.argv[1], {"SOBREMESA_WORKSPACE": PLACE.workspace, "XDG_CACHE_HOME": PLACE.path("cache"),
                                               "GTK_A11Y": "atspi", "G_DEBUG": accessible.WINDOW_DEBUG})
    with PLACE, OTHER, program:
        PLACE.do("init", "--sample")
        OTHER.do("init")
        shutil.rmtree(PLACE.path("cache"), ignore_errors=True)
        tap.run([(case.__name__.replace("_", " "), lambda case=case: case(program)) for case in CASES])


main()
