#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed bundle as a desktop meets it: its search, the actions of its menu, a file that is opened with it, and the language of the session."""

import os
import subprocess

import installed

import accessible  # pylint: disable=wrong-import-order  # installed says where the tests' library is
import activation
import tap
from accessible import pyatspi
from gi.repository import Gio

NAME = "Harbour Kitchen"
SEARCH = "org.gnome.Shell.SearchProvider2"
EXPORTS = os.path.join(os.environ["FLATPAK_USER_DIR"], "exports", "share")
# What each language calls things: on the command line, on the window's first page, and in the desktop's menu.
SPOKEN = {"de": ("de_DE.UTF-8", "Aufruf: sobremesa", "Willkommen bei Sobremesa", "Antworten sammeln"),
          "es": ("es_ES.UTF-8", "Uso: sobremesa", "Bienvenido a Sobremesa", "Recoger respuestas")}


def search(*terms):
    return PROGRAM.call("GetInitialResultSet", "(as)", list(terms), interface=SEARCH, path=PROGRAM.path + "/SearchProvider")[0]


def the_desktops_search_asks_it():
    with open(os.path.join(EXPORTS, "gnome-shell", "search-providers", installed.ID + ".search-provider.ini"), encoding="utf-8") as file:
        assert f"BusName={installed.ID}" in file.read()
    assert search("table", "11") == ["table/harbour/11"]
    assert "query/worst-tables" in search("worst", "tables")
    answers = search("beetroot")
    assert answers and all(name.startswith("comment/") for name in answers), answers
    tree = subprocess.run(["xwininfo", "-root", "-tree"], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert PROGRAM.is_running() and NAME not in tree, "a window was opened for it"


def its_menu_shows_the_cards():
    PROGRAM.act("cards")
    application = accessible.find_one_with(pyatspi.ROLE_FRAME, NAME)
    accessible.find(application, pyatspi.ROLE_PUSH_BUTTON, "Print All Cards…", showing=True)


def open_as_a_file_manager(path):
    """The desktop's own way with a program in a sandbox: the portal of documents hands in the one file."""
    entry = Gio.DesktopAppInfo.new_from_filename(os.path.join(EXPORTS, "applications", installed.ID + ".desktop"))
    assert entry.launch_uris(["file://" + path], None)


def a_restaurants_file_says_how_to_open_its_folder():
    installed.need_documents()
    elsewhere = os.path.join(os.environ["HOME"], "Documents", "elsewhere")
    os.makedirs(os.path.dirname(elsewhere))
    subprocess.run(["cp", "-r", installed.WORKSPACE, elsewhere], check=True)
    open_as_a_file_manager(os.path.join(elsewhere, "workspace.json"))
    welcome = accessible.find_one_with(pyatspi.ROLE_LABEL, "Welcome to Sobremesa")
    accessible.find_matching(welcome, lambda node: "only workspace.json was handed to Sobremesa: open the folder itself" in node.name)
    accessible.find(welcome, pyatspi.ROLE_PUSH_BUTTON, "Open a Folder…", showing=True)


def in_locale(language):
    return {**{name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANGUAGE")}, "LANG": SPOKEN[language][0]}


def the_command_line_speaks_the_users_language():
    for language, (_, usage, *_) in SPOKEN.items():
        done = subprocess.run(installed.command("--help"), env=in_locale(language), stdout=subprocess.PIPE, text=True, check=True, timeout=60)
        assert usage in done.stdout, (language, done.stdout)


def the_window_does():
    """On its first page, which it shows where there is no restaurant."""
    if PROGRAM.is_running():
        PROGRAM.quit()
    for language, (_, _, welcome, _) in SPOKEN.items():
        options = ["--env=SOBREMESA_WORKSPACE=" + os.path.join(installed.DATA, "nothing")]
        with subprocess.Popen(installed.command(options=options), env=in_locale(language), stdin=subprocess.DEVNULL):
            try:
                accessible.find_one_with(pyatspi.ROLE_LABEL, welcome)
            finally:
                PROGRAM.quit()


def so_does_the_desktops_menu():
    with open(os.path.join(EXPORTS, "applications", installed.ID + ".desktop"), encoding="utf-8") as file:
        entry = file.read()
    for language, (_, _, _, collect) in SPOKEN.items():
        assert f"Name[{language}]={collect}\n" in entry, (language, entry)


CASES = [the_desktops_search_asks_it, its_menu_shows_the_cards, a_restaurants_file_says_how_to_open_its_folder,
         the_command_line_speaks_the_users_language, the_window_does, so_does_the_desktops_menu]

installed.install_runtime()
installed.install_bundle()
installed.do("init", "--sample")
installed.do("sync")
PROGRAM = activation.Program(installed.ID, {})
with PROGRAM:
    tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
