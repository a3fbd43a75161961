#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The menu's commands: what they say, what they write, and that a faulty menu is never published."""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import tap

PLACE = restaurant.Restaurant()


def read_menu():
    with open(os.path.join(PLACE.workspace, "menu.json"), encoding="utf-8") as file:
        return json.load(file)


def write_menu(menu):
    with open(os.path.join(PLACE.workspace, "menu.json"), "w", encoding="utf-8") as file:
        json.dump(menu, file)


def read_pointer():
    with open(os.path.join(PLACE.workspace, "published", "menu", "current.json"), encoding="utf-8") as file:
        return json.load(file)


def sample_is_published():
    PLACE.do("init", "--sample")
    document = PLACE.do("--json", "menu", "check").document
    assert document["usable"] and document["issues"] == [] and document["dishes"] == 36, document
    versions = PLACE.do("--json", "menu", "versions").document["versions"]
    assert [(entry["version"], entry["current"]) for entry in versions] == [(1, True)], versions
    assert PLACE.do("--json", "menu", "publish").document["changed"] is False


def faults_are_listed_and_not_published():
    menu = read_menu()
    menu["sections"][0]["dishes"][1]["allergens"] = ["fisch"]
    del menu["sections"][0]["dishes"][2]["price"]
    menu["color"] = "red"
    write_menu(menu)
    before = read_pointer()
    result = PLACE.run("menu", "check")
    assert result.status == 1, result
    for path in ("color", "sections[0].dishes[1].allergens[0]", "sections[0].dishes[2].price"):
        assert f"menu.json: {path}: " in result.out, (path, result)
    result = PLACE.run("--json", "menu", "publish")
    assert result.status == 1 and result.document["error"]["code"], result
    assert "nothing was published" in result.err, result
    assert read_pointer() == before


def dry_run_changes_nothing():
    PLACE.do("init", "--sample", "--workspace", PLACE.path("other"))
    with open(PLACE.path("other", "menu.json"), encoding="utf-8") as file:
        menu = json.load(file)
    menu["sections"][0]["dishes"][1]["allergens"].append("soybeans")
    menu["sections"][0]["dishes"][0]["number"], menu["sections"][0]["dishes"][1]["number"] = 2, 1
    write_menu(menu)
    before = read_pointer()
    document = PLACE.do("--json", "menu", "publish", "--dry-run").document
    assert document["version"] == 2 and document["published"] is False, document
    assert [(change["item"], change["allergen"], change["was"], change["is"]) for change in document["allergens"]] == [
        ("fish-soup", "soybeans", "none", "contains")], document
    assert {issue["path"] for issue in document["issues"]} == {"oysters", "fish-soup"}, "two dishes changed numbers"
    assert not any(issue["fatal"] for issue in document["issues"])
    assert read_pointer() == before


def allergens_are_logged():
    PLACE.do("menu", "publish")
    log = PLACE.do("--json", "menu", "log", "--item", "fish-soup").document["allergens"]
    assert (log[-1]["version"], log[-1]["allergen"], log[-1]["was"], log[-1]["is"]) == (2, "soybeans", "none", "contains"), log[-1]
    assert log[-1]["at"] > log[0]["at"]
    PLACE.do("menu", "rollback")
    log = PLACE.do("--json", "menu", "log", "--item", "fish-soup").document["allergens"]
    assert (log[-1]["version"], log[-1]["was"], log[-1]["is"]) == (1, "contains", "none"), log[-1]
    text = PLACE.do("menu", "log").out
    assert "fish-soup, Harbour fish soup: soybeans, none → contains" in text, text


def sold_out_is_marked_and_listed():
    with open(os.path.join(PLACE.workspace, "menu.json"), "rb") as file:
        before = file.read()
    assert PLACE.do("--json", "menu", "sold-out", "cod", "coffee/oat-milk").document["sold_out"] == ["cod", "coffee/oat-milk", "crab"]
    assert PLACE.do("menu", "sold-out").out.split() == ["cod", "coffee/oat-milk", "crab"]
    assert PLACE.do("--json", "menu", "sold-out", "--back", "crab", "cod").document["sold_out"] == ["coffee/oat-milk"]
    result = PLACE.run("menu", "sold-out", "unicorn")
    assert result.status == 1 and "unicorn" in result.err, result
    assert PLACE.run("menu", "sold-out", "--back").status == 2
    with open(os.path.join(PLACE.workspace, "menu.json"), "rb") as file:
        assert file.read() == before, "the menu's own file is the manager's"


def paper_holds_every_dish():
    for language, words in (("en", ("Harbour fish soup", "€9.80", "Allergens", "Please ask our staff")),
                            ("de", ("Hafen-Fischsuppe", "9,80", "Allergene", "fragen Sie unser Personal"))):
        path = PLACE.path(f"{language}.pdf")
        document = PLACE.do("--json", "menu", "print", "--output", path, "--language", language).document
        assert document["pages"] >= 2, document
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, stdout=subprocess.PIPE).stdout.decode()
        assert text.count("\f") == document["pages"], document
        for word in words:
            assert word in text, (word, text)
        plain = " ".join(text.split())
        for section in read_menu()["sections"]:
            assert section["name"][language] in plain, section["name"]
            for dish in section["dishes"]:
                assert str(dish["number"]) in plain and dish["name"][language].split()[0] in plain, dish["name"]
    assert PLACE.run("menu", "print").status == 2
    result = PLACE.run("menu", "print", "--output", PLACE.path("none.pdf"), "--language", "zz")
    assert result.status == 2 and not os.path.exists(PLACE.path("none.pdf")), result


def paper_says_what_is_sold_out():
    def read(language):
        path = PLACE.path("sold.pdf")
        PLACE.do("menu", "print", "--output", path, "--language", language)
        return subprocess.run(["pdftotext", "-raw", path, "-"], check=True, stdout=subprocess.PIPE).stdout.decode()

    before = read("en").count("Sold out")
    dish = next(dish for section in read_menu()["sections"] for dish in section["dishes"] if dish.get("options") and not dish.get("sold_out"))
    items = (dish["id"], f"{dish['id']}/{dish['options'][0]['id']}")
    PLACE.do("menu", "sold-out", *items)
    try:
        lines = [line.strip() for line in read("en").splitlines()]
        name = next(place for place, line in enumerate(lines) if dish["name"]["en"] in line)
        assert lines.count("Sold out") == before + 2 and "Sold out" in lines[name + 1:name + 4], (before, lines[name:name + 6])
        assert read("de").count("Ausverkauft") == before + 2
    finally:
        PLACE.do("menu", "sold-out", "--back", *items)
    assert read("en").count("Sold out") == before


def versions_that_are_none_are_refused():
    for version in ("0", "x", "-1", "99"):
        result = PLACE.run("menu", "rollback", version)
        assert result.status in (1, 2) and result.out == "", result


def missing_menu_is_explained():
    with restaurant.Restaurant() as place:
        place.do("init")
        result = place.run("menu", "check")
        assert result.status == 1 and "menu.json" in result.err, result
        result = place.run("menu", "rollback")
        assert result.status == 1 and "No menu is published" in result.err, result


def a_fault_in_the_form_keeps_nobody_from_the_menu():
    with open(os.path.join(PLACE.workspace, "form.json"), "w", encoding="utf-8") as file:
        file.write("{")
    PLACE.do("menu", "sold-out", "cod")


def main():
    with PLACE:
        tap.run([
            ("the sample is published", sample_is_published),
            ("faults are listed and not published", faults_are_listed_and_not_published),
            ("a dry run changes nothing", dry_run_changes_nothing),
            ("allergens are logged", allergens_are_logged),
            ("what is sold out is marked and listed", sold_out_is_marked_and_listed),
            ("paper holds every dish", paper_holds_every_dish),
            ("paper says what is sold out", paper_says_what_is_sold_out),
            ("versions that are none are refused", versions_that_are_none_are_refused),
            ("a missing menu is explained", missing_menu_is_explained),
            ("a fault in the form keeps nobody from the menu", a_fault_in_the_form_keeps_nobody_from_the_menu),
        ])


main()
