#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Markup in names, in what the card says and in the texts of form and menu stays text: every page keeps exactly the elements and attributes that
it has with harmless ones.

usage: markup_inert.py RENDER_FORM RENDER_MENU SITE
"""

import html.parser
import json
import os
import subprocess
import sys
import tempfile

TOP = os.environ["SOBRE_TEST_SOURCE"]
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))
import tap  # noqa: E402 its folder has just been added

RENDER, RENDER_MENU, SITE = sys.argv[1:4]
HARMLESS = "plain"


class Skeleton(html.parser.HTMLParser):
    """The elements with their attributes' names, and the values of those attributes that load or run something."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self.data, self.schema, self.in_data, self.in_schema = [], [], "", "", False, False

    def handle_starttag(self, tag, attrs):
        held = {name: value for name, value in attrs if name in ("href", "src", "action", "method", "type", "name", "rel", "class", "id")}
        self.tags.append((tag, tuple(name for name, _ in attrs), json.dumps(held, sort_keys=True)))
        self.texts += [value for name, value in attrs if name == "value"]
        self.in_data = dict(attrs).get("id") == "data"
        self.in_schema = dict(attrs).get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self.tags.append(("/" + tag,))
        self.in_data = self.in_schema = False

    def handle_comment(self, data):
        self.tags.append(("comment", data))

    def handle_decl(self, decl):
        self.tags.append(("declaration", decl))

    def unknown_decl(self, data):
        self.tags.append(("unknown", data))

    def handle_pi(self, data):
        self.tags.append(("instruction", data))

    def handle_data(self, data):
        if self.in_data:
            self.data += data
        elif self.in_schema:
            self.schema += data
        else:
            self.texts.append(data)


def read(document):
    skeleton = Skeleton()
    skeleton.feed(document)
    skeleton.close()
    return skeleton


def render(restaurant, store, table, key, form):
    """The skeletons of the form, the thanks and the problem; None where the form is refused."""
    run = subprocess.run([RENDER, SITE, form, "en", restaurant, store, table, key], check=False, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    assert run.returncode in (0, 1) and (run.returncode == 0) == (run.stderr == b""), run.stderr
    return [read(document) for document in run.stdout.decode("utf-8").split("\0")[:-1]] if run.returncode == 0 else None


def visible(text):
    """What may be shown of a text: no controls, nothing that turns direction, ends of lines as they came."""
    return "".join(c for c in text if not (ord(c) < 0x20 and c not in "\n\t") and not 0x7F <= ord(c) < 0xA0
                   and c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")


def make_form(text):
    words = {"en": text}
    return {"id": "f", "version": 1, "languages": ["en"], "title": words, "intro": words,
            "questions": [{"id": "a", "kind": "smiley", "label": words, "text": words},
                          {"id": "b", "kind": "choice", "label": words,
                           "choices": [{"id": "x", "label": words}, {"id": "y", "label": words}]},
                          {"id": "c", "kind": "nps", "label": words, "low": words, "high": words},
                          {"id": "d", "kind": "text", "label": words}],
            "comment": {"text": words}, "consent": words, "privacy": {"en": "{days}" + text}, "thanks": words,
            "contact": {"text": words, "consent": {"en": "{days}" + text}, "retention_days": 9},
            "review_link": {"url": "https://example.com/", "label": words}}


def load_payloads():
    with open(os.path.join(TOP, "tests", "lib", "markup-payloads.json"), encoding="utf-8") as file:
        return json.load(file)


def check_names(payloads, form):
    """As the restaurant's name, the store, the table and the key."""
    expected = [page.tags for page in render(HARMLESS, HARMLESS, HARMLESS, HARMLESS, form)]
    assert len(expected) == 3 and all(len(tags) > 10 for tags in expected)
    for payload in payloads:
        text = payload.replace("\0", "")
        pages = render(text, text, text, text, form)
        assert [page.tags for page in pages] == expected, payload
        assert all(visible(text) in "".join(page.texts) for page in pages), payload
        data = json.loads(pages[0].data)
        assert (data["store"], data["table"], data["key"]) == (text, text, text), payload


def is_refused(text):
    """What the form's check lets into no text: web addresses, what cannot be seen, what is too long for a label."""
    return "://" in text or "www." in text or len(text) > 80 or visible(text) != text or any(c in text for c in "\n\t\u2028")


def check_texts(payloads, folder):
    """As every text of the form. What is refused cannot be published at all."""
    path = os.path.join(folder, "form.json")

    def write(text):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(make_form(text), file)

    write(HARMLESS)
    expected = [page.tags for page in render(HARMLESS, HARMLESS, HARMLESS, HARMLESS, path)]
    for payload in payloads:
        write(payload)
        pages = render(HARMLESS, HARMLESS, HARMLESS, HARMLESS, path)
        assert (pages is None) == is_refused(payload), payload
        assert pages is None or [page.tags for page in pages] == expected, payload


def render_menu(menu, restaurant=HARMLESS, table=HARMLESS):
    """The menu's page; None where the menu is refused."""
    run = subprocess.run([RENDER_MENU, SITE, menu, "en", restaurant, table, table, table], check=False, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    assert run.returncode in (0, 1) and (run.returncode == 0) == (run.stderr == b""), run.stderr
    return read(run.stdout.decode("utf-8")) if run.returncode == 0 else None


def make_menu(text):
    words = {"en": text}
    return {"languages": ["en"], "title": words, "intro": words, "note": words,
            "day_parts": [{"id": "p", "name": words, "from": "12:00", "until": "15:00"}],
            "sections": [{"id": "s", "name": words, "text": words, "day_parts": ["p"], "dishes": [
                {"id": "d", "name": words, "text": words, "price": "1", "allergens": ["milk"],
                 "options": [{"id": "o", "name": words, "allergens": ["nuts"]}]},
                {"id": "e", "name": words, "sizes": [{"id": "x", "name": words, "price": "1"}, {"id": "y", "name": words, "price": "2"}],
                 "allergens": []}]}]}


def check_menu(payloads, folder):
    """As every text of the menu, as the restaurant's name and as what the card says; the data blocks stay JSON that says the same."""
    path = os.path.join(folder, "menu.json")

    def write(text):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(make_menu(text), file)

    write(HARMLESS)
    expected = render_menu(path).tags
    assert len(expected) > 60
    for payload in payloads:
        write(HARMLESS)
        text = payload.replace("\0", "")
        page = render_menu(path, text, text)
        assert page.tags == expected and json.loads(page.data)["table"] == text, payload
        write(payload)
        page = render_menu(path)
        assert (page is None) == is_refused(payload), payload
        if page is not None:
            assert page.tags == expected and json.loads(page.schema)["hasMenuSection"][0]["name"] == payload, payload


def main():
    payloads = load_payloads()
    assert len(payloads) >= 150
    sample = os.path.join(TOP, "data", "resources", "sample", "form.json")
    with tempfile.TemporaryDirectory() as folder:
        tap.run([
            (f"{len(payloads)} payloads as names and card texts", lambda: check_names(payloads, sample)),
            (f"{len(payloads)} payloads as texts of the form", lambda: check_texts(payloads, folder)),
            (f"{len(payloads)} payloads as texts of the menu", lambda: check_menu(payloads, folder)),
        ])


main()
