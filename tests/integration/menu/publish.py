#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand requests while menus are published, rolled back and marked: none fails, and each document is of one version alone."""

import gzip
import hashlib
import http.client
import json
import os
import re
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import tap

REQUESTS = 1000
GUESTS = 4
EDITIONS = 5
LANGUAGES = ("en", "de", "ar")
DISHES = 40
PLACE = restaurant.Restaurant()


def make_menu(mark):
    """A menu in which every text says which one it is."""
    def words(text):
        return {language: f"{text} ({language}) edition-{mark}" for language in LANGUAGES}

    dishes = [{"id": f"dish-{number}", "number": number, "name": words(f"Dish {number}"), "text": words("Good"), "price": f"{number}.50",
               "allergens": ["milk"], "options": [{"id": "more", "name": words("More"), "allergens": ["nuts"]}]}
              for number in range(1, DISHES + 1)]
    return {"languages": list(LANGUAGES), "title": words("Menu"),
            "sections": [{"id": "all", "name": words("All"), "dishes": dishes}]}


def publish(mark):
    with open(os.path.join(PLACE.workspace, "menu.json"), "w", encoding="utf-8") as file:
        json.dump(make_menu(mark), file)
    return PLACE.do("--json", "menu", "publish").document["version"]


class Guest:
    """One phone: a connection that is kept, and what it saw."""

    def __init__(self, base):
        self.address = urllib.parse.urlsplit(base)
        self.connection = None
        self.faults, self.requests, self.seen, self.unchanged = [], 0, set(), 0

    def get(self, path, headers=None):
        self.requests += 1
        for attempt in range(2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=30)
            try:
                self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", **(headers or {})})
                reply = self.connection.getresponse()
                data = reply.read()
                break
            except (http.client.HTTPException, OSError):
                # A connection that idled is closed by the server at its own time; a request that had a whole head is answered.
                self.connection.close()
                self.connection = None
                if attempt == 1:
                    raise
        if reply.headers.get("Content-Encoding") == "gzip":
            data = gzip.decompress(data)
        return reply.status, reply.headers, data

    def check(self, good, what):
        if not good:
            self.faults.append(what)

    def check_document(self, html, language, what):
        marks = set(re.findall(r"edition-(\d+)", html))
        self.check(len(marks) == 1, f"{what} mixes {marks}")
        self.check(html.count(f"({language})") >= 2 * DISHES, f"{what} is not whole")
        self.seen |= marks
        return marks.pop() if marks else None

    def look_at_page(self, language):
        status, _, data = self.get(f"/M/HARBOUR/4/KEY?lang={language}")
        html = data.decode()
        self.check(status == 200 and html.rstrip().endswith("</html>"), f"the page: {status}")
        self.check_document(html, language, "the page")

    def follow_pointer(self, language):
        status, headers, data = self.get("/menu/current.json")
        self.check(status == 200 and headers["Cache-Control"] == "public, max-age=5", f"the pointer: {status}")
        pointer = json.loads(data)
        again, _, empty = self.get("/menu/current.json", {"If-None-Match": headers["ETag"]})
        self.check(again == 200 or (again == 304 and empty == b""), f"the pointer again: {again}")
        self.unchanged += again == 304
        marks = set()
        for code, name in pointer["files"].items():
            status, headers, data = self.get(f"/menu/{name}")
            self.check(status == 200 and "immutable" in headers["Cache-Control"], f"{name}: {status}")
            self.check(hashlib.sha256(data).hexdigest().startswith(name.split(".")[1]), f"{name} has other bytes")
            marks.add(self.check_document(data.decode(), code, name))
        self.check(len(marks) == 1, f"a pointer names files of {marks}")
        self.check(set(pointer["sold_out"]) <= {"dish-1", "dish-2/more"}, f"sold out: {pointer['sold_out']}")
        self.look_at_page(language)

    def run(self, done):
        """Asks until the manager is done, and its share of the requests at least."""
        try:
            while self.requests < REQUESTS / GUESTS or not done.is_set():
                language = LANGUAGES[self.requests % len(LANGUAGES)]
                self.follow_pointer(language)
        except Exception as fault:  # pylint: disable=broad-except # a thread's exception has to reach the test
            self.faults.append(repr(fault))


def disturb():
    """What a busy manager does."""
    for mark in range(2, EDITIONS + 1):
        publish(mark)
        PLACE.do("menu", "sold-out", "dish-1", "dish-2/more")
        PLACE.do("menu", "rollback")
        PLACE.do("menu", "sold-out", "--back", "dish-1")


def a_thousand_requests_while_publishing():
    PLACE.do("init", "--sample")
    publish(1)
    with PLACE.intake() as base:
        guests = [Guest(base) for _ in range(GUESTS)]
        done = threading.Event()
        threads = [threading.Thread(target=guest.run, args=(done,)) for guest in guests]
        for thread in threads:
            thread.start()
        try:
            disturb()
        finally:
            done.set()
        for thread in threads:
            thread.join()
    faults = [fault for guest in guests for fault in guest.faults]
    assert not faults, faults[:5]
    requests = sum(guest.requests for guest in guests)
    assert requests >= REQUESTS
    seen = set().union(*(guest.seen for guest in guests))
    assert len(seen) >= EDITIONS - 1, f"only {len(seen)} of {EDITIONS} were seen: too few to prove anything"
    assert sum(guest.unchanged for guest in guests) > 0
    print(f"# {EDITIONS} menus published under {requests} requests, {len(seen)} of them seen")


def first_menu_appears_while_guests_are_served():
    with restaurant.Restaurant() as place:
        place.do("init")
        with place.intake() as base:
            guest = Guest(base)
            status, _, data = guest.get("/M/MAIN/1/KEY")
            assert status == 404 and b"no menu here" in data, (status, data[:300])
            status, _, data = guest.get("/T/MAIN/1/KEY?lang=en")
            assert status == 200 and b"/M/MAIN/1/KEY" not in data
            assert guest.get("/menu/current.json")[0] == 404
            with open(os.path.join(place.workspace, "menu.json"), "w", encoding="utf-8") as file:
                json.dump(make_menu(1), file)
            place.do("menu", "publish")
            assert guest.get("/M/MAIN/1/KEY")[0] == 200
            assert guest.get("/menu/current.json")[0] == 200
            assert b'href="/M/MAIN/1/KEY?lang=en"' in guest.get("/T/MAIN/1/KEY?lang=en")[2]
            assert guest.get("/M/")[0] == 200
            for path in ("/M", "/M/MAIN", "/M/MAIN/1", "/M/MAIN/1/KEY/X", "/M/MA%20N/1/KEY", "/menu/", "/menu/history.jsonl",
                         "/menu/../../form.json", "/menu/%2e%2e/form.json"):
                assert guest.get(path)[0] == 404, path


def roll_back_is_byte_equal():
    with restaurant.Restaurant() as place:
        place.do("init", "--sample")
        folder = os.path.join(place.workspace, "published", "menu")
        source = place.read("restaurant", "menu.json")

        def fetch(base):
            guest = Guest(base)
            pointer = json.loads(guest.get("/menu/current.json")[2])
            return {name: guest.get(f"/menu/{name}")[2] for name in pointer["files"].values()}

        with place.intake() as base:
            before = fetch(base)
            with open(os.path.join(place.workspace, "menu.json"), "w", encoding="utf-8") as file:
                file.write(source.replace("12.50", "13.50", 1))
            place.do("menu", "publish")
            assert set(fetch(base)) != set(before)
            place.do("menu", "rollback")
            assert fetch(base) == before
        with open(os.path.join(folder, "current.json"), encoding="utf-8") as file:
            name = json.load(file)["menu"]
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            assert file.read() == source


def main():
    with PLACE:
        tap.run([
            ("a thousand requests while publishing", a_thousand_requests_while_publishing),
            ("the first menu appears while guests are served", first_menu_appears_while_guests_are_served),
            ("a roll-back is byte-equal", roll_back_is_byte_equal),
        ])


main()
