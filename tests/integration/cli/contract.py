#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts rely on: exit statuses, what goes to stdout and what to stderr, and that the files of a failed command are not there."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import restaurant
import tap

STACK = ["plan", "deploy", "cancel", "status", "health", "cost", "test", "drift", "policy", "events", "outputs", "pause", "resume", "delete"]
COMMANDS = [["init"], ["intake"], ["sync"], ["query"], ["report"], ["cards"], ["form", "check"], ["form", "publish"], ["menu", "check"],
            ["menu", "publish"], ["menu", "rollback"], ["menu", "sold-out"], ["menu", "versions"], ["menu", "log"], ["menu", "print"],
            ["note", "list"], ["note", "add"], ["note", "remove"], ["lake", "ls"],
            ["lake", "verify"], ["lake", "errors"], ["lake", "forget"], ["lake", "import"], ["lake", "tables"], ["lake", "compact"], ["lake", "promote"], *[["stack", name] for name in STACK], ["aws", "status"], ["aws", "login"],
            ["aws", "keys"], ["doctor"]]
PLACE = restaurant.Restaurant()


def assert_refused(result, *words):
    """Wrong usage: status 2, nothing on stdout, what is wrong and where help is on stderr."""
    assert result.status == 2, result
    assert result.out == "", result
    assert "--help" in result.err, result
    for word in words:
        assert word in result.err, (word, result)


def assert_failed(result, *words):
    assert result.status == 1, result
    for word in words:
        assert word in result.err, (word, result)


def every_command_has_help():
    for command in COMMANDS:
        result = PLACE.do(*command, "--help")
        assert result.out.startswith(f"Usage: sobremesa {' '.join(command)}"), result
        assert result.err == "", result


def help_names_every_command():
    result = PLACE.do("--help")
    for command in COMMANDS:
        assert f"  {' '.join(command)} " in result.out, (command, result)
    assert PLACE.do("help").out == result.out


def manual_says_what_help_says():
    with open(os.path.join(os.environ["SOBRE_TEST_SOURCE"], "docs", "cli.md"), encoding="utf-8") as file:
        manual = file.read()
    assert PLACE.do("--help").out.strip() in manual
    for command in COMMANDS:
        own = PLACE.do(*command, "--help").out.partition("\n  -w,")[0].strip().removesuffix("Options:").strip()
        assert f"```\n{own}\n```" in manual, f"docs/cli.md lacks this:\n{own}"


def manual_page_is_whole():
    with open(os.path.join(restaurant.BINDIR, "..", "share", "man", "man1", "sobremesa.1"), encoding="utf-8") as file:
        page = file.read()
    requests = {line.split()[0] for line in page.splitlines() if line.startswith(".")}
    assert requests <= {".\\\"", ".TH", ".SH", ".SS", ".TP", ".PP", ".IP"}, requests
    assert not [line for line in page.splitlines() if line.startswith("'") or not line.strip()], "a line that roff takes for a request"
    for command in PLACE.do("--json", "--help").document["commands"]:
        section = page.partition(f"\n.SS {command['name'].replace('-', '\\-')}\n")[2].partition("\n.S")[0]
        assert command["summary"].replace("-", "\\-").replace("'", "\\(aq") in section, (command, section)
        for option in PLACE.do("--json", *command["name"].split(), "--help").document["options"]:
            assert "\\-\\-" + option["name"].replace("-", "\\-") + "\\fR" in section, (command, option)


def version_is_told():
    assert PLACE.do("--version").out.startswith("sobremesa "), "text"
    assert "version" in PLACE.do("--json", "--version").document


def unknown_command_gets_a_suggestion():
    assert_refused(PLACE.run("synk"), "synk", "sync")
    assert_refused(PLACE.run("lake", "verfy"), "lake verify")
    assert_refused(PLACE.run("frobnicate"), "frobnicate")


def wrong_usage_is_two():
    assert_refused(PLACE.run("--frobnicate"), "--frobnicate")
    assert_refused(PLACE.run("sync", "--frobnicate"), "--frobnicate")
    assert_refused(PLACE.run("sync", "everything"), "everything")
    assert_refused(PLACE.run("lake", "forget"), "ID")
    assert_refused(PLACE.run("lake", "forget", "12"), "12")
    assert_refused(PLACE.run("cards"), "--output")
    assert_refused(PLACE.run("cards", "--output", "cards.docx"), "cards.docx")
    assert_refused(PLACE.run("cards", "--output", "cards.pdf", "--offset", "1"), "--offset")
    assert_refused(PLACE.run("cards", "--output", "cards.pdf", "--scale", "0"), "--scale")
    assert_refused(PLACE.run("cards", "--output", "cards.pdf", "--template", "b7"), "b7")
    assert_refused(PLACE.run("note", "add", "2026-11-13"), "TEXT")
    assert_refused(PLACE.run("note", "add", "13 Nov", "New menu"), "13 Nov")
    assert_refused(PLACE.run("note", "add", "2026-11-13", "two\nlines"), "one line")
    assert_refused(PLACE.run("note", "remove", "2026-11-31"), "2026-11-31")
    assert_refused(PLACE.run("report"), "--output")
    assert_refused(PLACE.run("report", "--output", "report.pdf", "--from", "yesterday"), "--from")
    assert_refused(PLACE.run("query", "x", "--sql", "SELECT 1"), "--sql")
    assert_refused(PLACE.run("query", "--sql", "SELECT 1", "--format", "xml"), "--format")
    assert_refused(PLACE.run("query", "--sql", "SELECT 1", "--param", "day"), "day")


def no_display_and_no_command_is_wrong_usage():
    assert_refused(PLACE.run(), "display")


def missing_workspace_is_told():
    for command in (["sync"], ["query", "x"], ["lake", "ls"], ["cards", "--output", PLACE.path("c.pdf")],
                    ["report", "--output", PLACE.path("r.pdf")], ["intake"]):
        assert_failed(PLACE.run(*command), "sobremesa init")
    assert not os.path.exists(PLACE.path("c.pdf"))


def json_failure_is_one_document():
    result = PLACE.run("--json", "sync")
    assert_failed(result, "sobremesa init")
    assert result.document["error"]["domain"] == "sobre-workspace-error-quark", result
    assert "sobremesa init" in result.document["error"]["message"], result


def init_makes_a_workspace():
    result = PLACE.do("--json", "init", "--sample")
    assert result.document["workspace"] == PLACE.workspace, result
    assert result.document["tables"] >= 14, result
    assert stat.S_IMODE(os.stat(os.path.join(PLACE.workspace, ".sobremesa", "card.key")).st_mode) == 0o600
    assert_failed(PLACE.run("init"), PLACE.workspace)


def sync_counts():
    objects = sum(len(files) for _, _, files in os.walk(os.path.join(PLACE.workspace, "lake", "raw")))
    planned = PLACE.do("--json", "sync", "--dry-run").document
    assert planned["dry_run"] and planned["objects"] == objects > 120, planned
    done = PLACE.do("--json", "sync").document
    assert done["objects"] == objects and done["rows"] > 5000 and done["rejects"] == 0, done
    again = PLACE.do("--json", "sync").document
    assert again["objects"] == 0 and again["rows"] == 0, again
    full = PLACE.do("--json", "sync", "--full").document
    assert full["rebuilt"] and full["rows"] == done["rows"], full


def lake_is_catalogued():
    """Datasets, days, records, sizes and schema; what the cache has not read is not counted, and a line that is no record is."""
    folder = os.path.join(PLACE.workspace, "lake", "raw", "orders")
    day = max(os.listdir(folder))
    name = os.path.join(folder, day, "strange.json")
    with open(name, "w", encoding="utf-8") as file:
        file.write("{}\nno record\n")
    before = PLACE.do("--json", "lake", "ls").document
    orders = next(dataset for dataset in before["datasets"] if dataset["name"] == "orders")
    assert orders["rows"] is None and orders["days"] > 1 and before["days"][0]["rows"] > 0, before
    assert "1 objects are not counted yet" in PLACE.do("lake", "ls").err
    PLACE.do("sync")
    document = PLACE.do("--json", "lake", "ls").document
    counted = {dataset["name"]: dataset for dataset in document["datasets"]}
    for table, dataset in (("responses", "responses"), ("events", "events"), ("orders", "orders")):
        assert counted[dataset]["rows"] == int(PLACE.query(f"SELECT count(*) AS n FROM {table}")[0][0]), counted[dataset]
        days = [one for one in document["days"] if one["dataset"] == dataset]
        assert counted[dataset]["days"] == len(days) and counted[dataset]["rows"] == sum(one["rows"] for one in days)
        assert counted[dataset]["bytes"] == sum(one["bytes"] for one in days) and counted[dataset]["last_arrival"] == max(one["last_arrival"] for one in days)
    assert [counted[name]["rejects"] for name in ("responses", "events", "orders")] == [0, 0, 2], counted
    for table, columns in [pair for dataset in document["datasets"] for pair in dataset["tables"].items()]:
        result = PLACE.do("--json", "query", "--sql", f"SELECT * FROM {table} LIMIT 1").document
        assert result["columns"] == columns, (table, columns, result["columns"])
    lines = PLACE.do("lake", "ls").out.splitlines()
    line = next(line.split() for line in lines if line.startswith(f"orders     {day.removeprefix('dt=')}"))
    assert line[2] == "2" and line[4] == "2" and lines[-1].startswith("orders (id varchar, at timestamp(3), dt varchar,"), (line, lines[-1])
    os.remove(name)
    PLACE.do("sync", "--full")


def json_is_the_only_thing_on_stdout():
    for command in (["sync"], ["query", "--sql", "SELECT count(*) AS n FROM responses"], ["query"], ["form", "check"], ["lake", "ls"],
                    ["lake", "verify"], ["doctor"], ["report", "--output", PLACE.path("report.svg")],
                    ["cards", "--table", "harbour/1", "--base", "http://192.168.1.20:8080", "--output", PLACE.path("card.svg")]):
        for arguments in (["--json", *command], [*command, "--json"]):
            result = PLACE.run(*arguments)
            assert result.status in (0, 1), result
            assert isinstance(json.loads(result.out), dict), result


def quiet_says_nothing():
    assert PLACE.do("--quiet", "sync").err == ""
    assert PLACE.do("cards", "-q", "--table", "harbour/1", "--base", "http://192.168.1.20:8080", "--output", PLACE.path("q.svg")).err == ""


def query_formats():
    sql = "SELECT store_id, count(*) AS n FROM responses GROUP BY store_id ORDER BY store_id"
    document = PLACE.do("--json", "query", "--sql", sql).document
    assert [column["name"] for column in document["columns"]] == ["store_id", "n"], document
    assert [row[0] for row in document["rows"]] == ["harbour", "market"], document
    lines = PLACE.do("query", "--sql", sql, "--format", "csv").out.splitlines()
    assert len(lines) == 3 and "harbour" in lines[1], lines
    assert "harbour" in PLACE.do("query", "--sql", sql).out
    rows = PLACE.do("--json", "query", "--sql", "SELECT count(*) AS n FROM responses WHERE store_id = :store", "--param",
                    "store=market").document["rows"]
    assert int(rows[0][0]) == int(document["rows"][1][1]), rows


def query_errors_name_the_place():
    assert_failed(PLACE.run("query", "--sql", "SELECT nothing FROM responses"), "nothing")
    assert_failed(PLACE.run("query", "no-such-query"), "no-such-query")


def help_is_a_document_with_json():
    document = PLACE.do("--json", "--help").document
    assert [command["name"] for command in document["commands"]] == [" ".join(command) for command in COMMANDS], document
    assert document["options"][0]["letter"] == "w", document
    for command in COMMANDS:
        document = PLACE.do("--json", *command, "--help").document
        assert document["name"] == " ".join(command) and document["summary"], document
    names = [option["name"] for option in PLACE.do("query", "--help", "--json").document["options"]]
    assert names == ["sql", "history", "param", "format", "engine", "estimate", "kept", "reuse"], names


def write_query(name, text):
    with open(os.path.join(PLACE.workspace, "queries", name + ".sql"), "w", encoding="utf-8") as file:
        file.write(text)


def saved_queries_are_listed():
    lines = PLACE.do("query").out.splitlines()
    assert len(lines) >= 15 and any(line.split(None, 1) == ["worst-tables", "Worst tables"] for line in lines), lines
    document = PLACE.do("--json", "query").document
    worst, = [query for query in document["queries"] if query["name"] == "worst-tables"]
    assert worst["parameters"][0] == {"name": "from", "type": "date", "default": "today-27", "label": "First service day"}, worst
    assert worst["chart"] == {"kind": "bar", "x": "table_id", "y": "mean"}, worst
    assert document["errors"] == [], document


def saved_query_takes_its_parameters_as_options():
    everything = PLACE.do("--json", "query", "worst-tables").document["rows"]
    assert {row[0] for row in everything} == {"harbour", "market"}, everything
    for arguments in (["worst-tables", "--store", "market"], ["worst-tables", "--store=market"], ["--param", "store=market", "worst-tables"],
                      ["worst-tables", "--param", "store=harbour", "--store", "market"], ["--format", "json", "worst-tables", "--store", "market"]):
        rows = PLACE.do("--json", "query", *arguments).document["rows"]
        assert rows == [row for row in everything if row[0] == "market"], (arguments, rows)
    assert "market" in PLACE.do("query", "worst-tables", "--store", "market", "--from", "today-13", "--to", "today-7").out


def saved_query_explains_itself():
    text = PLACE.do("query", "before-after", "--help").out
    assert text.startswith("Usage: sobremesa query before-after --day DATE [--days N] [--store TEXT]"), text
    assert "\nBefore and after a day.\n" in text and "      --day DATE           The first day after the change; has to be given" in text, text
    with restaurant.Restaurant() as other:
        assert other.do("query", "before-after", "--help").out == text
        assert "worst-tables" in other.do("query").out


def saved_query_refuses_what_does_not_fit():
    assert_refused(PLACE.run("query", "worst-tables", "--shop", "market"), "--shop", "query worst-tables")
    assert_refused(PLACE.run("query", "worst-tables", "--param", "shop=market"), "shop")
    assert_refused(PLACE.run("query", "worst-tables", "--from", "yesterday"), "yesterday")
    assert_refused(PLACE.run("query", "worst-tables", "hours"), "hours")
    assert_refused(PLACE.run("query", "before-after"), "day")
    assert_refused(PLACE.run("query", "--store", "market", "worst-tables"), "--store")
    assert_refused(PLACE.run("query", "--format", "csv"), "NAME")
    assert_failed(PLACE.run("query", "wurst-tables"), "worst-tables")
    assert_failed(PLACE.run("query", "../queries/worst-tables"), "../queries/worst-tables")


def own_queries_come_first():
    write_query("own", "-- title: Own\n-- param: text varchar \"\" A text\nSELECT :text AS word, -3 AS number")
    write_query("hours", "-- title: My hours\nSELECT 1 AS one")
    write_query("broken", "-- title: Broken\n-- chart: pie\nSELECT 1")
    try:
        result = PLACE.do("--json", "query")
        titles = {query["name"]: query["title"] for query in result.document["queries"]}
        assert titles["own"] == "Own" and titles["hours"] == "My hours" and "broken" not in titles, titles
        assert len(result.document["errors"]) == 1 and "broken.sql:2:" in result.document["errors"][0], result
        assert "broken.sql:2:" in result.err, result
        assert PLACE.do("query", "hours", "--format", "csv").out == "one\n1\n"
        assert_failed(PLACE.run("query", "broken"), "broken.sql:2:")
        lines = PLACE.do("query", "own", "--text", "=1+1", "--format", "csv").out
        assert lines == "word,number\n\"'=1+1\",-3\n", lines
    finally:
        for name in ("own", "hours", "broken"):
            os.unlink(os.path.join(PLACE.workspace, "queries", name + ".sql"))


def cards_of_chosen_tables():
    document = PLACE.do("--json", "cards", "--store", "harbour", "--table", "1", "--table", "14", "--base", "http://192.168.1.20:8080",
                        "--output", PLACE.path("two.pdf")).document
    assert [(card["store_id"], card["table_id"]) for card in document["cards"]] == [("harbour", "1"), ("harbour", "14")], document
    assert document["files"] == [PLACE.path("two.pdf")] and os.path.getsize(PLACE.path("two.pdf")) > 1000
    assert all(card["url"].startswith("HTTP://192.168.1.20:8080/T/HARBOUR/") for card in document["cards"]), document


def cards_refuse_what_is_not_there():
    assert_failed(PLACE.run("cards", "--table", "99", "--output", PLACE.path("none.pdf")), "99")
    assert_failed(PLACE.run("cards", "--base", "http://192.168.1.20/menu?x", "--output", PLACE.path("none.pdf")))
    assert not os.path.exists(PLACE.path("none.pdf"))


def cards_warn_of_another_address():
    PLACE.do("cards", "--table", "harbour/1", "--base", "http://192.168.1.20:8080", "--output", PLACE.path("a.svg"))
    result = PLACE.do("cards", "--table", "harbour/1", "--base", "http://192.168.1.21:8080", "--output", PLACE.path("a.svg"))
    assert "192.168.1.20" in result.err, result


def report_of_every_format():
    for ending in ("pdf", "svg", "png", "html"):
        path = PLACE.path(f"report.{ending}")
        document = PLACE.do("--json", "report", "--output", path, "--store", "harbour").document
        assert document["file"] == path and document["responses"] > 500 and os.path.getsize(path) > 1000, document


def report_refuses_what_is_not_there():
    assert_failed(PLACE.run("report", "--output", PLACE.path("none.pdf"), "--table", "99"), "99")
    assert_failed(PLACE.run("report", "--output", PLACE.path("missing", "none.pdf")))
    assert not os.path.exists(PLACE.path("none.pdf"))


def notes_come_and_go():
    with restaurant.Restaurant() as other:
        other.do("init")
        path = os.path.join(other.workspace, "notes.csv")
        assert other.do("--json", "note", "list").document == {"notes": []}
        assert not os.path.exists(path)
        added = other.do("--json", "note", "add", "2026-11-13", 'New chef, "Ana"').document
        assert added == {"day": "2026-11-13", "note": 'New chef, "Ana"'}, added
        other.do("note", "add", "2026-10-01", "New menu")
        other.do("note", "add", "2026-10-01", "Concert")
        assert other.do("note", "list").out == '2026-10-01  Concert\n2026-10-01  New menu\n2026-11-13  New chef, "Ana"\n'
        with open(path, encoding="utf-8") as file:
            whole = file.read()
        assert whole == 'day,note\n2026-10-01,Concert\n2026-10-01,New menu\n2026-11-13,"New chef, ""Ana"""\n', whole
        assert_failed(other.run("note", "add", "2026-10-01", "Concert"), "2026-10-01", "already")
        assert_failed(other.run("note", "remove", "2026-10-01"), "several")
        assert_failed(other.run("note", "remove", "2026-10-01", "concert"), "“concert”")
        assert_failed(other.run("note", "remove", "2026-10-02"), "no note")
        with open(path, encoding="utf-8") as file:
            assert file.read() == whole
        other.do("note", "remove", "2026-10-01", "Concert")
        other.do("note", "remove", "2026-11-13")
        assert other.do("--json", "note", "list").document == {"notes": [{"day": "2026-10-01", "note": "New menu"}]}


def notes_are_in_the_report():
    day = PLACE.do("--json", "note", "list").document["notes"][0]["day"]
    path = PLACE.path("notes.html")
    PLACE.do("report", "--output", path, "--from", day)
    with open(path, encoding="utf-8") as file:
        assert "New menu" in file.read()


def bad_note_names_the_line():
    with restaurant.Restaurant() as other:
        other.do("init", "--sample")
        other.do("sync")
        with open(os.path.join(other.workspace, "notes.csv"), "a", encoding="utf-8") as file:
            file.write("yesterday,New chef\n")
        for command in (["note", "list"], ["note", "add", "2026-11-13", "New chef"], ["report", "--output", other.path("r.html")]):
            assert_failed(other.run(*command), "notes.csv", "Line 3")
        checks = {check["check"]: check for check in other.run("--json", "doctor").document["checks"]}
        assert checks["notes"]["verdict"] == "failed" and "Line 3" in checks["notes"]["message"], checks
        other.do("sync")


def form_check_names_the_place():
    assert PLACE.do("--json", "form", "check").document["usable"]
    with restaurant.Restaurant() as other:
        other.do("init")
        path = os.path.join(other.workspace, "form.json")
        with open(path, encoding="utf-8") as file:
            form = json.load(file)
        form["questions"][1]["kind"] = "slider"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(form, file)
        result = other.run("--json", "form", "check")
        assert result.status == 1 and not result.document["usable"], result
        assert any("questions[1]" in issue["path"] for issue in result.document["issues"]), result
        assert_failed(other.run("sync"), "form.json")


def verify_finds_damage():
    with restaurant.Restaurant() as other:
        other.do("init", "--sample")
        assert other.do("--json", "lake", "verify").document["failed"] == 0
        days = os.path.join(other.workspace, "lake", "raw", "responses")
        day = os.path.join(days, sorted(os.listdir(days))[0])
        path = os.path.join(day, os.listdir(day)[0])
        with open(path, "r+b") as file:
            file.seek(200)
            byte = file.read(1)
            file.seek(200)
            file.write(bytes([byte[0] ^ 1]))
        result = other.run("--json", "lake", "verify")
        assert result.status == 1 and result.document["failed"] == 1, result
        assert os.path.basename(path) in result.document["findings"][0]["key"], result


def forget_takes_an_answer_out():
    with restaurant.Restaurant() as other:
        other.do("init", "--sample")
        other.do("sync")
        (answer, before), = other.query("SELECT min(id), count(*) FROM responses")
        result = other.do("--json", "lake", "forget", answer)
        assert result.document["records"] == 1, result
        assert other.query(f"SELECT count(*) FROM responses WHERE id = '{answer}'") == [[0]] or \
            other.query(f"SELECT count(*) FROM responses WHERE id = '{answer}'") == [["0"]]
        assert int(other.query("SELECT count(*) FROM responses")[0][0]) == int(before) - 1


def doctor_says_what_to_do():
    with restaurant.Restaurant() as other:
        result = other.run("--json", "doctor")
        assert result.status == 1 and not result.document["healthy"], result
        workspace, = [check for check in result.document["checks"] if check["check"] == "workspace"]
        assert workspace["verdict"] == "failed" and "init" in workspace["advice"], workspace
        other.do("init")
        os.chmod(os.path.join(other.workspace, ".sobremesa", "card.key"), 0o644)
        checks = {check["check"]: check for check in other.run("--json", "doctor").document["checks"]}
        assert checks["permissions"]["verdict"] == "warning" and "card.key" in checks["permissions"]["message"], checks
        assert checks["cache"]["verdict"] == "warning" and "sync" in checks["cache"]["advice"], checks


def full_stdout_is_a_failure():
    with open("/dev/full", "w", encoding="utf-8") as full:
        process = PLACE.start("lake", "ls", stdout=full, stderr=subprocess.PIPE)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 1 and err.strip(), err


def closed_stdout_ends_quietly():
    process = PLACE.start("query", "--sql", "SELECT id FROM responses", "--format", "csv", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    err = restaurant.without_sanitizer(process.stderr.read())
    assert process.wait(30) in (0, 1) and err == "", (process.returncode, err)


def escape_sequences_do_not_reach_the_terminal():
    result = PLACE.run("query", "evil\x1b]0;owned\x07")
    assert_failed(result)
    assert "\x1b" not in result.err and "\x07" not in result.err, result


def interrupt_ends_intake_in_order():
    process = PLACE.start("intake", "--listen", "127.0.0.1:0", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    line = process.stdout.readline()
    assert "127.0.0.1" in line, line
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0, process.stderr.read()


def taken_port_is_told():
    with PLACE.intake() as base:
        port = base.rpartition(":")[2]
        with restaurant.Restaurant() as other:
            other.do("init")
            assert_failed(other.run("intake", "--listen", f"127.0.0.1:{port}"), port)


CASES = [every_command_has_help, help_names_every_command, manual_says_what_help_says, manual_page_is_whole, version_is_told,
         unknown_command_gets_a_suggestion, wrong_usage_is_two, no_display_and_no_command_is_wrong_usage,
         missing_workspace_is_told, json_failure_is_one_document, init_makes_a_workspace,
         sync_counts, lake_is_catalogued, json_is_the_only_thing_on_stdout, quiet_says_nothing, query_formats, query_errors_name_the_place,
         help_is_a_document_with_json, saved_queries_are_listed, saved_query_takes_its_parameters_as_options,
         saved_query_explains_itself, saved_query_refuses_what_does_not_fit, own_queries_come_first,
         cards_of_chosen_tables, cards_refuse_what_is_not_there, cards_warn_of_another_address, report_of_every_format,
         report_refuses_what_is_not_there, notes_come_and_go, notes_are_in_the_report, bad_note_names_the_line,
         form_check_names_the_place, verify_finds_damage, forget_takes_an_answer_out,
         doctor_says_what_to_do, full_stdout_is_a_failure, closed_stdout_ends_quietly,
         escape_sequences_do_not_reach_the_terminal, interrupt_ends_intake_in_order, taken_port_is_told]

if __name__ == "__main__":
    with PLACE, tempfile.TemporaryDirectory() as here:
        os.chdir(here)
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
