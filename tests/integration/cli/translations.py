#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations: whole, well formed, on the screen where they are asked for, and never in what programs read."""

import glob
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.environ["SOBRE_TEST_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "lib"))

import restaurant
import tap

PO = os.path.join(SOURCE, "po")
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3", "ngettext:1,2"]
PLACE = restaurant.Restaurant()


def run(*arguments):
    """What the program prints; it has to succeed."""
    return subprocess.run(arguments, cwd=SOURCE, check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout


def languages():
    with open(os.path.join(PO, "LINGUAS"), encoding="utf-8") as file:
        return [word for line in file if not line.startswith("#") for word in line.split()]


def every_file_is_of_a_language():
    assert languages(), "LINGUAS is empty"
    assert sorted(languages()) == sorted(os.path.basename(path)[:-3] for path in glob.glob(os.path.join(PO, "*.po")))


def files_are_well_formed():
    for language in languages():
        run("msgfmt", "--check", "--output-file=/dev/null", os.path.join("po", language + ".po"))


def extract(path):
    """All texts of the program, as the build extracts them."""
    run("xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES", "--add-comments", *[f"--keyword={keyword}" for keyword in KEYWORDS],
        "--output", path)


def nothing_is_untranslated_or_unsure():
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "all.pot")
        extract(template)
        for language in languages():
            merged = os.path.join(folder, language + ".po")
            run("msgmerge", "--no-fuzzy-matching", "--quiet", "--output-file", merged, os.path.join("po", language + ".po"), template)
            for kind in ("--untranslated", "--only-fuzzy", "--only-obsolete"):
                left = run("msgattrib", kind, "--no-location", merged)
                texts = re.findall(r'^(?:#~ )?msgid "(.+)"|^(?:#~ )?msgid ""\n"(.+)"', left, re.MULTILINE)
                assert not texts, f"{language}: {kind}: {texts}"


def marks_are_the_languages_own():
    """Quotation marks as the language has them, and an ellipsis that is one character."""
    for language, (wanted, unwanted) in {"de": ("„“", "«»”"), "es": ("«»", "„“”")}.items():
        texts = "".join(re.findall(r'^msgstr.*\n(?:".*\n)*', run("msgcat", "--no-wrap", f"po/{language}.po"), re.MULTILINE))
        assert all(mark in texts for mark in wanted), language
        assert not any(mark in texts for mark in unwanted) and "..." not in texts, language


LOCALES = {"en": "C.UTF-8", "de": "de_DE.UTF-8", "es": "es_ES.UTF-8"}


def locales_are_made():
    """glibc translates in a locale of its own only, and a comma in numbers comes with it."""
    for name in (name for name in LOCALES.values() if name != "C.UTF-8"):
        run("localedef", "-i", name.partition(".")[0], "-f", "UTF-8", "--no-archive", PLACE.path(name))


def speak(language, *arguments):
    before = dict(PLACE.env)
    PLACE.env.update(LOCPATH=PLACE.folder, LC_ALL=LOCALES[language])
    try:
        return PLACE.run(*arguments)
    finally:
        PLACE.env = before


def help_is_in_the_language():
    for language, words in {"de": ("Aufruf: sobremesa", "Befehle:", "Übersicht in eine Datei"), "es": ("Uso: sobremesa", "Órdenes:", "panel en un archivo")}.items():
        out = speak(language, "--help").out
        for word in words:
            assert word in out, (language, word, out)
    assert "Usage: sobremesa" in speak("en", "--help").out


def plurals_and_numbers_are_in_the_language():
    PLACE.do("init", "--sample")
    result = speak("de", "sync")
    assert re.search(r"\d+ neue Datensätze aus \d+ Objekten mit \d+,\d", result.out), result
    result = speak("es", "cards", "--table", "harbour/1", "--base", "http://192.168.1.20:8080", "--output", PLACE.path("one.pdf"))
    assert "1 tarjeta que lleva a" in result.err, result


def errors_are_in_the_language():
    result = speak("de", "query", "--sql", "SELECT 1", "--format", "xml")
    assert result.status == 2 and "--format muss table, csv oder json sein" in result.err, result


def documents_are_the_same_in_every_language():
    """Names and numbers of --json are for programs; only messages are for people."""
    sql = "SELECT store_id, count(*) AS n, avg(duration_ms) / 1000.5 AS seconds FROM responses GROUP BY store_id ORDER BY store_id"
    for command in (["query", "--sql", sql], ["report", "--output", PLACE.path("r.svg")], ["lake", "ls"], ["sync"]):
        documents = [speak(language, "--json", *command).document for language in ("en", "de", "es")]
        assert documents[0] == documents[1] == documents[2], (command, documents)
    texts = [speak(language, "query", "--sql", sql, "--format", "csv").out for language in ("en", "de", "es")]
    assert texts[0] == texts[1] == texts[2] and re.search(r"\d\.\d", texts[0]), texts


def report_is_in_the_language():
    path = PLACE.path("report.html")
    assert speak("de", "report", "--output", path).status == 0
    page = PLACE.read("report.html")
    for words in ("Gesamtbewertung", "Was Gäste sagen", "Antworten bis"):
        assert words in page, words


CASES = [every_file_is_of_a_language, files_are_well_formed, nothing_is_untranslated_or_unsure, marks_are_the_languages_own, locales_are_made, help_is_in_the_language,
         plurals_and_numbers_are_in_the_language, errors_are_in_the_language, documents_are_the_same_in_every_language, report_is_in_the_language]

if __name__ == "__main__":
    with PLACE:
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
