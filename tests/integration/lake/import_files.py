#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a till and another survey tool exported becomes records, once, whatever form it is in; what cannot be taken is told."""

import csv
import glob
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import small_lake
import tap

ORDERS = [("25.11.2026", "19:30", "3", "Käsespätzle", "2", "12,50", "1001"), ("25.11.2026", "19:30", "3", "Käsespätzle", "2", "12,50", "1001"),
          ("25.11.2026", "20:10", "7", "=SUM(A1:A9)", "1", "1.234,00 €", "1002"), ("13.11.2026", "21:00", "", "Bier; dunkel", "3", "3,90", "999")]
HEADER = ("Datum", "Uhrzeit", "Tisch", "Artikel", "Menge", "Preis", "Bon")


def snapshot(place):
    """Every file of the workspace with its bytes."""
    found = {}
    for folder, _, names in os.walk(place.workspace):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, place.workspace)] = file.read()
    return found


def write_table(path, rows, delimiter=";", encoding="cp1252", line_end="\r\n"):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end)
        writer.writerows(rows)
    return path


def write_till(place, rows=tuple(ORDERS), name="till.csv", **form):
    return write_table(place.path(name), [HEADER, *rows], **form)


def stored(place, dataset="orders"):
    """The records of the lake that an import wrote."""
    return [json.loads(line) for path in sorted(glob.glob(f"{place.workspace}/lake/raw/{dataset}/dt=*/import-*"))
            for line in small_lake.read_unpacked(path).splitlines()]


def import_file(place, *arguments, status=0):
    """Imports one file; the report says what became of every row."""
    result = place.run("--json", "lake", "import", *arguments)
    assert result.status == status, result
    report = result.document["files"][0]
    assert report["rows"] == sum(report[what] for what in ("added", "known", "repeated", "forgotten", "rejected")), report
    return report


def orders_are_stored_as_they_were_sold():
    with restaurant.Restaurant() as place:
        place.do("init")
        report = import_file(place, "--time-zone", "Europe/Berlin", write_till(place))
        assert (report["added"], report["rejected"], report["objects"]) == (4, 0, 1), report
        assert (report["encoding"], report["delimiter"]) == ("WINDOWS-1252", ";"), report
        records = stored(place)
        assert sorted((record["at"], record["item"], record["quantity"], record["amount"], record.get("table_id"), record["order"])
                      for record in records) == [
            ("2026-11-13T20:00:00.000Z", "Bier; dunkel", 3, 11.7, None, "999"),
            ("2026-11-25T18:30:00.000Z", "Käsespätzle", 2, 25, "3", "1001"), ("2026-11-25T18:30:00.000Z", "Käsespätzle", 2, 25, "3", "1001"),
            ("2026-11-25T19:10:00.000Z", "=SUM(A1:A9)", 1, 1234, "7", "1002")], records
        assert len({record["id"] for record in records}) == 4 and all(record["id"][14] == "8" for record in records), records
        place.do("sync")
        rows = place.query("SELECT CAST(service_day AS varchar), count(*), sum(quantity), sum(amount) FROM orders GROUP BY 1 ORDER BY 1")
        assert rows == [["2026-11-13", 1, 3, 11.7], ["2026-11-25", 3, 5, 1284.0]], rows
        assert place.do("lake", "verify").status == 0
        assert "\"'=SUM(A1:A9)\"" in place.do("query", "--sql", "SELECT item FROM orders", "--format", "csv").out


def a_second_import_adds_nothing():
    with restaurant.Restaurant() as place:
        place.do("init")
        import_file(place, write_till(place))
        place.do("sync")
        before, rows = snapshot(place), place.query("SELECT count(*) FROM orders")
        for again in (write_till(place), write_till(place, name="copy.csv", delimiter="\t", encoding="utf-16", line_end="\n"),
                      write_till(place, name="other.csv", encoding="utf-8-sig")):
            report = import_file(place, again)
            assert (report["added"], report["known"], report["objects"], report["batch"]) == (0, 4, 0, None), report
        assert snapshot(place) == before
        place.do("sync")
        assert place.query("SELECT count(*) FROM orders") == rows == [[4]]


def exports_that_overlap_are_put_together():
    with restaurant.Restaurant() as place:
        place.do("init")
        assert import_file(place, write_till(place, ORDERS[:3]))["added"] == 3
        report = import_file(place, write_till(place, [ORDERS[1], ORDERS[2], ORDERS[3]], name="next.csv"))
        assert (report["added"], report["known"]) == (1, 2), report
        both = place.do("--json", "lake", "import", write_till(place), place.path("next.csv")).document["files"]
        assert [(one["added"], one["known"]) for one in both] == [(0, 4), (0, 3)], both
        place.do("sync")
        assert place.query("SELECT count(*) FROM orders") == [[4]]


def a_dry_run_writes_nothing():
    with restaurant.Restaurant() as place:
        place.do("init")
        before = snapshot(place)
        rows = [*ORDERS, ("oops", "1:00", "1", "a", "1", "1", "1")]
        report = import_file(place, "--dry-run", write_till(place, rows))
        assert (report["added"], report["rejected"], report["batch"], report["rejects_file"]) == (4, 1, None, None), report
        assert [sample["item"] for sample in report["samples"]] == [row[3] for row in ORDERS], report
        text = place.do("lake", "import", "--dry-run", place.path("till.csv")).out
        for words in ("time             column “Datum”", "store            always “", "4 would be added", "till.csv:6: at.form", "=SUM(A1:A9)"):
            assert words in text, (words, text)
        assert snapshot(place) == before
        assert import_file(place, place.path("till.csv"))["samples"] == report["samples"]


def what_cannot_be_taken_is_told():
    with restaurant.Restaurant() as place:
        place.do("init")
        path = place.path("till.csv")
        with open(path, "wb") as file:
            file.write("Datum;Artikel;Preis\r\n25.11.2026;Suppe;5,00\r\n31.02.2026;Tee;1,00\r\n25.11.2026;Kuchen\r\n".encode())
            file.write("25.11.2026;\"offen;2,00\r\n25.11.2026;=1+1;gratis\r\n24.11.2026;Wein;4,50\r\n25.11.2026;".encode())
            file.write(b"x" * (10 * 1024 * 1024 + 1) + b";1,00\r\n25.11.2026;N\0L;1,00\r\n25.11.2026;Brot;2,00\r\n25.11.2026;Ende;\"")
        report = import_file(place, path)
        assert (report["added"], report["rejected"]) == (3, 7), report
        told = [(reject["line"], reject["reason"]) for reject in report["rejects"]]
        # A quote that nothing closes within ten megabytes cannot be told from a cell that long.
        assert told == [(3, "at.form"), (4, "row.cells"), (5, "cell.length"), (6, "amount.form"), (8, "cell.length"), (9, "nul"),
                        (11, "quote.open")], told
        with open(report["rejects_file"], encoding="utf-8", newline="") as file:
            listed = list(csv.reader(file))
        assert listed[0] == ["line", "reason", "column", "value", "row"] and [int(row[0]) for row in listed[1:]] == [line for line, _ in told]
        assert listed[1][2:] == ["Datum", "31.02.2026", "31.02.2026;Tee;1,00"], listed[1]
        assert listed[4][2:4] == ["Preis", "gratis"], listed[4]
        shown = place.run("lake", "import", path)
        assert shown.status == 0 and "till.csv:8: cell.length" in shown.out and report["rejects_file"] in shown.err, shown
        # Mended, only what was missing comes.
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("Datum;Artikel;Preis\n25.11.2026;Suppe;5,00\n28.02.2026;Tee;1,00\n24.11.2026;Wein;4,50\n25.11.2026;Brot;2,00\n")
        report = import_file(place, path)
        assert (report["added"], report["known"], report["rejected"]) == (1, 3, 0), report


def a_file_of_which_nothing_can_be_taken_fails():
    with restaurant.Restaurant() as place:
        place.do("init")
        path = write_till(place, [("25.11.2026", "19:30", "3", "Suppe", "viel", "gratis", "1")])
        report = import_file(place, "--kind", "orders", "--map", "price=Preis", path, status=1)
        assert (report["rejected"], report["added"]) == (1, 0), report
        assert not stored(place) and not os.path.exists(os.path.join(place.workspace, "imports")), snapshot(place).keys()


def what_can_be_read_in_two_ways_is_refused():
    with restaurant.Restaurant() as place:
        place.do("init")
        before = snapshot(place)
        dates = write_table(place.path("dates.csv"), [("date", "item", "amount"), ("03/04/2026", "a", "1"), ("05/06/2026", "b", "2")], ",")
        result = place.run("lake", "import", dates)
        assert result.status == 1 and "--date-order" in result.err, result
        numbers = write_table(place.path("numbers.csv"), [("date", "item", "amount"), ("2026-04-03", "a", "1,234")], ";")
        result = place.run("lake", "import", numbers)
        assert result.status == 1 and "--decimal" in result.err, result
        assert snapshot(place) == before
        for order, expected in (("dmy", "2026-04-03T12"), ("mdy", "2026-03-04T12")):
            report = import_file(place, "--dry-run", "--date-order", order, dates)
            assert report["samples"][0]["at"].startswith(expected), report
        assert import_file(place, "--decimal", "comma", numbers)["samples"][0]["amount"] == 1.234


def what_was_said_is_remembered():
    with restaurant.Restaurant() as place:
        place.do("init")
        first = write_table(place.path("one.csv"), [("When", "What", "Sum"), ("03/04/2026", "a", "1,234")], ";")
        options = ("--kind", "orders", "--map", "time=When", "--map", "item=What", "--map", "amount=Sum", "--set", "table=9", "--date-order",
                   "mdy", "--decimal", "comma", "--time-zone", "Asia/Tokyo", "--source", "old till")
        report = import_file(place, *options, first)
        assert not report["known_form"] and os.path.exists(os.path.join(place.workspace, report["mapping_file"])), report
        second = write_table(place.path("two.csv"), [("Sum", "When", "What"), ("2,5", "04/03/2026", "b")], "\t", "utf-8")
        again = import_file(place, second)
        assert again["known_form"] and again["mapping"] == report["mapping"] and again["mapping_file"] == report["mapping_file"], again
        record = again["samples"][0]
        assert (record["at"], record["item"], record["amount"], record["table_id"]) == ("2026-04-03T03:00:00.000Z", "b", 2.5, "9"), record
        # What the workspace's own settings say later does not change what a form means.
        path = os.path.join(place.workspace, report["mapping_file"])
        with open(path, encoding="utf-8") as file:
            mapping = json.load(file)
        assert {field["field"] for field in mapping["fields"] if "value" in field} == {"table", "store", "currency", "quantity"}, mapping
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**mapping, "date_order": "sideways"}, file)
        result = place.run("lake", "import", second)
        assert result.status == 1 and "date_order" in result.err and report["mapping_file"] in result.err, result


def how_a_file_is_read_is_remembered():
    with restaurant.Restaurant() as place:
        place.do("init")
        first = write_table(place.path("one.txt"), [("дата", "item", "amount"), ("2026-11-25", "борщ", "5")], "~", "koi8-r")
        options = ("--delimiter", "~", "--encoding", "KOI8-R", "--kind", "orders", "--map", "time=дата")
        assert import_file(place, *options, first)["samples"][0]["item"] == "борщ"
        report = import_file(place, write_table(place.path("two.txt"), [("дата", "item", "amount"), ("2026-11-26", "квас", "2")], "~", "koi8-r"))
        assert report["known_form"] and report["samples"][0]["item"] == "квас", report
        # Without a header, columns have numbers.
        bare = write_table(place.path("bare.csv"), [("2026-11-25", "Suppe", "5"), ("2026-11-26", "Tee", "2")], ",")
        report = import_file(place, "--no-header", "--kind", "orders", "--map", "item=2", "--map", "amount=3", bare)
        assert report["rows"] == 2 and [sample["item"] for sample in report["samples"]] == ["Suppe", "Tee"], report


def json_lines_are_read():
    with restaurant.Restaurant() as place:
        place.do("init")
        lines = [{"at": "2026-11-25T19:30:00+01:00", "ticket": {"no": 7, "table": "3"}, "item": "Soup", "qty": 2, "total": 9.5},
                 {"at": "2026-11-25T19:31:00+01:00", "ticket": {"no": 8}, "item": "Tea", "qty": 1, "total": 2}]
        with open(place.path("one.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
            file.write("{broken\n")
        report = import_file(place, place.path("one.jsonl"))
        assert (report["added"], report["rejected"], report["delimiter"]) == (2, 1, None), report
        assert (report["samples"][0]["order"], report["samples"][0]["table_id"], report["samples"][0]["amount"]) == ("7", "3", 9.5), report
        # The same rows with other members beside them, and one more row in which some are not there.
        lines.append({"at": "2026-11-25T19:32:00+01:00", "ticket": {"no": 9, "table": "1"}, "item": "Pie", "qty": 1, "total": 4})
        with open(place.path("two.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps({**line, "note": None}) + "\n" for line in reversed(lines))
        report = import_file(place, place.path("two.jsonl"))
        assert (report["added"], report["known"], report["known_form"]) == (1, 2, True), report


def answers_count_on_their_own_day():
    with restaurant.Restaurant() as place:
        place.do("init")
        rows = [("Timestamp", "Table", "Food", "How likely are you to recommend us?", "Would you come again?", "Email", "Comment")]
        rows += [(f"2024-0{1 + i % 9}-15 20:00:0{i % 10}", str(1 + i % 3), str(1 + i % 5), str(i % 11), ("yes", "no")[i % 2], f"g{i}@x.example",
                  f"It was evening number {i}, and good" if i % 4 else "") for i in range(40)]
        report = import_file(place, write_table(place.path("survey.csv"), rows, ",", "utf-8"))
        assert (report["added"], report["mapping"]["kind"]) == (40, "answers"), report
        fields = {field["field"]: field.get("column") for field in report["mapping"]["fields"]}
        assert fields["stars:food"] == "Food" and fields["comment"] == "Comment" and "Email" not in fields.values(), fields
        place.do("sync")
        assert place.query("SELECT count(*), count(comment), min(CAST(service_day AS varchar)), max(CAST(service_day AS varchar)) FROM responses "
                           "WHERE verified AND channel = 'import'") == [[40, 30, "2024-01-15", "2024-09-15"]]
        assert place.query("SELECT kind, count(*), sum(score) FROM answers GROUP BY 1 ORDER BY 1") == [
            ["choice", 40, None], ["nps", 40, float(sum(i % 11 for i in range(40)))], ["stars", 40, float(sum(1 + i % 5 for i in range(40)))]]
        assert import_file(place, place.path("survey.csv"))["known"] == 40


def a_row_that_changed_is_told_and_not_taken():
    with restaurant.Restaurant() as place:
        place.do("init")
        rows = [("no", "date", "item", "amount"), ("a1", "2026-11-25", "Soup", "5"), ("a2", "2026-11-25", "Tea", "2")]
        import_file(place, "--map", "id=no", write_table(place.path("one.csv"), rows, ","))
        rows = [rows[0], ("a1", "2026-11-26", "Soup", "6"), rows[2], rows[2], ("a3", "2026-11-25", "Pie", "4"), ("a3", "2026-11-25", "Pie", "9")]
        report = import_file(place, write_table(place.path("two.csv"), rows, ","))
        assert (report["added"], report["known"], report["rejected"]) == (1, 2, 2), report
        assert [(reject["line"], reject["reason"]) for reject in report["rejects"]] == [(2, "id.conflict"), (6, "id.conflict")], report
        assert {record["item"]: record["amount"] for record in stored(place)} == {"Soup": 5, "Tea": 2, "Pie": 4}


def what_is_forgotten_does_not_come_back():
    with restaurant.Restaurant() as place:
        place.do("init")
        import_file(place, write_till(place))
        gone = next(record["id"] for record in stored(place) if record["item"] == "=SUM(A1:A9)")
        place.do("lake", "forget", gone)
        assert gone not in {record["id"] for record in stored(place)}
        report = import_file(place, place.path("till.csv"))
        assert (report["added"], report["known"], report["forgotten"]) == (0, 3, 1), report
        place.do("sync", "--full")
        assert place.query("SELECT count(*) FROM orders") == [[3]]


def an_import_can_be_taken_back():
    with restaurant.Restaurant() as place:
        place.do("init")
        kept = import_file(place, write_till(place, ORDERS[:1], name="kept.csv"))
        batch = import_file(place, write_till(place))["batch"]
        before = stored(place)
        place.do("sync")
        assert place.do("--json", "lake", "import", "--undo", batch).document == {"objects": 1}
        place.do("sync")
        assert place.query("SELECT count(*) FROM orders") == [[kept["added"]]] == [[1]]
        assert place.run("lake", "import", "--undo", batch).status == 1
        assert import_file(place, place.path("till.csv"))["added"] == 3
        assert sorted(record["id"] for record in stored(place)) == sorted(record["id"] for record in before)


def wrong_usage_is_told():
    with restaurant.Restaurant() as place:
        place.do("init")
        path = write_till(place)
        for arguments in ([], ["--undo", "x"], ["--undo", "0123456789ab", path], ["--kind", "menus", path], ["--date-order", "ydm", path],
                          ["--decimal", "dot", path], ["--delimiter", "::", path]):
            result = place.run("lake", "import", *arguments)
            assert result.status == 2 and "--help" in result.err, (arguments, result)
        for arguments in (["--map", "item", path], ["--map", "item=Nix", path], ["--set", "colour=red", path], ["--encoding", "klingon", path],
                          ["--store", "moon", path], [place.path("none.csv")], [place.folder], ["/dev/null"]):
            result = place.run("lake", "import", *arguments)
            assert result.status == 1, (arguments, result)
        assert not stored(place)


CASES = [orders_are_stored_as_they_were_sold, a_second_import_adds_nothing, exports_that_overlap_are_put_together, a_dry_run_writes_nothing,
         what_cannot_be_taken_is_told, a_file_of_which_nothing_can_be_taken_fails, what_can_be_read_in_two_ways_is_refused,
         what_was_said_is_remembered, how_a_file_is_read_is_remembered, json_lines_are_read, answers_count_on_their_own_day,
         a_row_that_changed_is_told_and_not_taken, what_is_forgotten_does_not_come_back, an_import_can_be_taken_back, wrong_usage_is_told]

if __name__ == "__main__":
    tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
