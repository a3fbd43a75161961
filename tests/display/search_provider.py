#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's search asks the program over the bus, as GNOME Shell does: for tables, saved queries and what guests wrote.

usage: search_provider.py APP_ID
"""

import configparser
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import accessible
import activation
import restaurant
import tap
from accessible import pyatspi

PLACE = restaurant.Restaurant()
INTERFACE = "org.gnome.Shell.SearchProvider2"


def read_provider(app_id):
    """What tells the Shell whom to ask."""
    for folder in os.environ["XDG_DATA_DIRS"].split(":"):
        path = os.path.join(folder, "gnome-shell", "search-providers", app_id + ".search-provider.ini")
        if os.path.exists(path):
            parser = configparser.ConfigParser()
            parser.read(path, encoding="utf-8")
            return parser["Shell Search Provider"]
    raise AssertionError("no search provider is installed")


def ask(program, method, signature, *arguments):
    return program.call(method, signature, *arguments, interface=INTERFACE, path=read_provider(program.app_id)["ObjectPath"])


def search(program, *terms):
    """{id: meta} of what is found."""
    ids = ask(program, "GetInitialResultSet", "(as)", list(terms))[0]
    metas = ask(program, "GetResultMetas", "(as)", ids)[0]
    assert [meta["id"] for meta in metas] == ids, (ids, metas)
    return {meta["id"]: meta for meta in metas}


def it_is_found_by_the_shell(program):
    provider = read_provider(program.app_id)
    assert provider["BusName"] == program.app_id and provider["DesktopId"] == program.app_id + ".desktop" and provider["Version"] == "2"


def tables_are_found(program):
    found = search(program, "table", "11")
    assert list(found) == ["table/harbour/11"], found
    meta = found["table/harbour/11"]
    assert meta["name"] == "Table 11" and meta["description"] == "Harbour Kitchen, terrace" and meta["icon"], meta
    assert list(search(program, "market", "hall", "6")) == ["table/market/6"]


def saved_queries_are_found(program):
    found = search(program, "worst", "tables")
    assert "query/worst-tables" in found and found["query/worst-tables"]["name"], found


def what_guests_wrote_is_found(program):
    found = {name: meta for name, meta in search(program, "beetroot").items() if name.startswith("comment/")}
    assert found and all("beetroot" in meta["name"].lower() for meta in found.values()), found
    sql = "SELECT count(*) AS n FROM responses WHERE lower(comment) LIKE '%beetroot%'"
    there = PLACE.do("--json", "query", "--sql", sql).document["rows"][0][0]
    assert len(found) == min(5, there), (found, there)


def more_words_find_less(program):
    first = ask(program, "GetInitialResultSet", "(as)", ["beetroot"])[0]
    second = ask(program, "GetSubsearchResultSet", "(asas)", first, ["beetroot", "xylophone"])[0]
    assert first and second == []


def nothing_is_found_by_one_letter_or_noise(program):
    for terms in ([], ["a"], ["zzqqxx"], ["%"], ["'; DROP TABLE tail; --"], ["\""]):
        assert search(program, *terms) == {}, terms


def unknown_results_are_left_out(program):
    assert ask(program, "GetResultMetas", "(as)", ["table/nowhere/1", "x"])[0] == []


def no_window_was_opened(program):
    tree = subprocess.run(["xwininfo", "-root", "-tree"], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert program.is_running() and "Harbour Kitchen" not in tree, tree


def choosing_a_table_shows_it(program):
    found = search(program, "table", "11")
    ask(program, "ActivateResult", "(sasu)", list(found)[0], ["table", "11"], 0)
    window = accessible.find(accessible.find_application(program.pid()), pyatspi.ROLE_FRAME, "Harbour Kitchen")
    accessible.find(window, pyatspi.ROLE_LABEL, "Table 11", showing=True)


def choosing_a_query_runs_it(program):
    title = search(program, "worst", "tables")["query/worst-tables"]["name"]
    ask(program, "ActivateResult", "(sasu)", "query/worst-tables", ["worst"], 0)
    window = accessible.find(accessible.find_application(program.pid()), pyatspi.ROLE_FRAME, "Harbour Kitchen")
    accessible.find_matching(window, lambda node: node.getRole() == pyatspi.ROLE_LIST_ITEM and node.name == title and
                             node.getState().contains(pyatspi.STATE_SELECTED))


def searching_on_searches_in_the_window(program):
    ask(program, "LaunchSearch", "(asu)", ["beetroot"], 0)
    window = accessible.find(accessible.find_application(program.pid()), pyatspi.ROLE_FRAME, "Harbour Kitchen")
    comments = accessible.find(window, pyatspi.ROLE_LIST, "What guests say")

    def says_only_that():
        comments.clearCache()
        words = [node.name for node in accessible.walk(comments) if node.getRole() == pyatspi.ROLE_LABEL and node.name.startswith("“")]
        return words and all("beetroot" in text.lower() for text in words)

    assert restaurant.wait_until(says_only_that, 40)


CASES = [it_is_found_by_the_shell, tables_are_found, saved_queries_are_found, what_guests_wrote_is_found, more_words_find_less,
         nothing_is_found_by_one_letter_or_noise, unknown_results_are_left_out, no_window_was_opened, choosing_a_table_shows_it,
         choosing_a_query_runs_it, searching_on_searches_in_the_window]


def main():
    program = activation.Program(sys.argv[1], {"SOBREMESA_WORKSPACE": PLACE.workspace, "XDG_CACHE_HOME": PLACE.path("cache"),
                                               "GTK_A11Y": "atspi", "G_DEBUG": accessible.WINDOW_DEBUG})
    with PLACE, program:
        PLACE.do("init", "--sample")
        PLACE.do("sync")
        tap.run([(case.__name__.replace("_", " "), lambda case=case: case(program)) for case in CASES])


main()
