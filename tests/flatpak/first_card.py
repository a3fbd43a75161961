#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager's first minutes, everything inside the sandbox: an empty installation, the bundle, the window opened for the first time, a restaurant of
one's own, cards, answers, and a dashboard that says what was sent. The time it took is printed."""

import collections
import datetime
import json
import os
import random
import re
import subprocess
import time

import desktop
import installed

import accessible  # pylint: disable=wrong-import-order  # installed says where the tests' library is
import activation
import guests
import printed_page
import restaurant
import tap
from accessible import pyatspi

ANSWERS = 40
BASE = "http://127.0.0.1:8080"
NAME = "My restaurant"
BEGUN = time.monotonic()
CODES, SENT = [], []
PROGRAM = activation.Program(installed.ID, {})
FOLDER = os.path.dirname(installed.WORKSPACE)
LOG = os.path.join(os.environ["SESSION_FOLDER"], "window.log")


def say(what):
    print(f"# {time.monotonic() - BEGUN:5.1f} s: {what}", flush=True)


def the_bundle_installs():
    installed.install_runtime()
    say("the runtime is there")
    installed.install_bundle()
    say("the bundle is installed")
    assert installed.ID in installed.flatpak("list", "--app", "--columns=application")


def the_desktop_has_it():
    exported = os.path.join(os.environ["FLATPAK_USER_DIR"], "exports", "share")
    for name in (f"applications/{installed.ID}.desktop", f"dbus-1/services/{installed.ID}.service", f"mime/packages/{installed.ID}.xml",
                 f"icons/hicolor/scalable/apps/{installed.ID}.svg", f"icons/hicolor/symbolic/apps/{installed.ID}-symbolic.svg",
                 f"metainfo/{installed.ID}.metainfo.xml",
                 f"gnome-shell/search-providers/{installed.ID}.search-provider.ini"):
        assert os.path.isfile(os.path.join(exported, name)), name


def the_first_run_makes_a_restaurant():
    with open(LOG, "w", encoding="utf-8") as log:
        subprocess.Popen(["flatpak", "run", "--user", installed.ID], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    application = accessible.find_one_with(pyatspi.ROLE_LABEL, "Welcome to Sobremesa")
    say("the window says welcome")
    accessible.press(application, "Start Your Own")
    accessible.find(application, pyatspi.ROLE_FRAME, NAME)
    assert os.path.isfile(os.path.join(installed.WORKSPACE, "workspace.json"))
    say("the first run made a restaurant")


def its_cards_are_printed():
    path = os.path.join(FOLDER, "cards.pdf")
    listed = installed.do("--json", "cards", "--base", BASE, "--output", path).document["cards"]
    CODES.extend(printed_page.read_codes(path))
    assert CODES and sorted(CODES) == sorted(card["url"] for card in listed), "the codes on the paper are not the cards' addresses"
    say(f"{len(CODES)} cards are printed, and read from the paper")


def guests_answer():
    PROGRAM.act("collect")
    accessible.find(window(), pyatspi.ROLE_LABEL, "● Collecting")
    with open(os.path.join(installed.WORKSPACE, "form.json"), encoding="utf-8") as file:
        form = json.load(file)
    source = random.Random(ANSWERS)
    now = datetime.datetime.now(datetime.timezone.utc)
    people = guests.Guests(BASE)
    for number in range(ANSWERS):
        card = guests.parse_card(source.choice(CODES))
        SENT.append(guests.make_response(card, form, source, now - datetime.timedelta(seconds=ANSWERS - number)))
        status, reply = people.post(SENT[-1])
        assert status == 201, reply
    say(f"{ANSWERS} answers were stored")


def window():
    return accessible.find_one_with(pyatspi.ROLE_FRAME, NAME)


def scores_sent(question=None):
    """Every score that was sent, of one question or of all that have stars or smileys."""
    return [answer["score"] for body in SENT for answer in body["answers"]
            if (answer["question"] == question if question else answer["kind"] in ("smiley", "stars"))]


def mean(numbers):
    return sum(numbers) / len(numbers)


def the_dashboard_says_what_was_sent():
    desktop.press("ctrl+1", NAME)
    count = accessible.find(window(), pyatspi.ROLE_IMAGE, "Answers", showing=True)
    assert restaurant.wait_until(lambda: accessible.describe(count).startswith(f"Answers: {ANSWERS}, "), 60), accessible.describe(count)
    score = accessible.find(window(), pyatspi.ROLE_IMAGE, "Overall score")
    said = re.match(r"Overall score: ([\d.]+) ±[\d.]+, n = (\d+)$", accessible.describe(score))
    assert said, accessible.describe(score)
    assert abs(float(said[1]) - mean(scores_sent())) < 0.00501 and int(said[2]) == ANSWERS, (said[0], mean(scores_sent()))
    subprocess.run(["import", "-window", "root", os.path.join(installed.WORK, "window.png")], check=True)
    say(f"the dashboard says it: {said[0]}")


def so_do_the_report_and_a_query():
    report = installed.do("--json", "report", "--output", os.path.join(FOLDER, "report.pdf")).document
    assert report["responses"] == ANSWERS and report["unverified"] == 0 and abs(report["mean"] - mean(scores_sent())) < 1e-9, report
    for question in report["questions"]:
        sent = scores_sent(question["question"])
        assert question["n"] == len(sent) and abs(question["mean"] - mean(sent)) < 1e-9, (question, sent)
    assert {question["question"] for question in report["questions"]} == {answer["question"] for body in SENT for answer in body["answers"]
                                                                          if "score" in answer}
    with open(os.path.join(FOLDER, "report.pdf"), "rb") as file:
        assert file.read(5) == b"%PDF-"
    rows = installed.do("--json", "query", "--sql", "SELECT lower(table_id), count(*) AS n FROM responses WHERE verified GROUP BY 1").document["rows"]
    assert dict(rows) == collections.Counter(body["table_id"].lower() for body in SENT), rows
    say("so do the report and a query by table")


def the_window_ends_and_has_nothing_to_complain_of():
    PROGRAM.act("quit")
    assert restaurant.wait_until(lambda: not installed.instances(), 60), "it does not end"
    with open(LOG, encoding="utf-8") as file:
        said = file.read()
    assert "WARNING" not in said and "CRITICAL" not in said, said


def an_update_keeps_the_workspace():
    """Another bundle of the same program, made later, over this one."""
    before = installed.do("--json", "query", "--sql", "SELECT count(*) AS n, max(id) AS newest FROM responses").document["rows"]
    commit = installed.flatpak("info", "--show-commit", installed.ID)
    installed.install_bundle(installed.make_later_bundle())
    assert installed.flatpak("info", "--show-commit", installed.ID) != commit, "it was not updated"
    after = installed.do("--json", "query", "--sql", "SELECT count(*) AS n, max(id) AS newest FROM responses").document["rows"]
    assert before == after and before[0][0] == ANSWERS, (before, after)


CASES = [the_bundle_installs, the_desktop_has_it, the_first_run_makes_a_restaurant, its_cards_are_printed, guests_answer,
         the_dashboard_says_what_was_sent, so_do_the_report_and_a_query, the_window_ends_and_has_nothing_to_complain_of, an_update_keeps_the_workspace]
tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
