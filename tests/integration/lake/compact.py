#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Closed days are written as Parquet and read from there, by Trino and the tables of the stack's template: whatever happens on the way, Athena's tables are those of the cache.

usage: compact.py TEMPLATES
"""

import base64
import concurrent.futures
import datetime
import glob
import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time

sys.path[:0] = [os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", folder) for folder in ("lib", "infra")]

import restaurant
import tap
import trino
import trino_athena
import trino_lake
import visit_lake

PLACE = restaurant.Restaurant()
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
LAST_CLOSED = (TODAY - datetime.timedelta(days=3)).isoformat()
visit_lake.DAYS = 5
STATE = {}
BUCKET = trino_athena.BUCKET
TABLES = {"responses": "id", "answers": "id, question, kind, score, choice, text, item", "events": "id", "orders": "id"}
# A scan waits for what a join lets it leave out, so that what is read does not depend on which of them is faster.
WAITS = "awsdatacatalog.dynamic_filtering_wait_timeout=10s"


def settle():
    """A lake of a few days, the last of which is closed; answers come up to three days late, until today."""
    visit_lake.settle(PLACE, visit_lake.Maker(TODAY - datetime.timedelta(days=3)))
    PLACE.do("lake", "promote", "--bucket", BUCKET, timeout=200)
    PLACE.do("sync", timeout=200)


def compact(run=PLACE.do):
    return run("--json", "lake", "compact", timeout=600)


def state():
    return json.loads(STATE["lake"].moto.get(f"{BUCKET}/state/lake.json"))


def write_state(document):
    STATE["lake"].moto.call("s3", "PUT", f"{BUCKET}/state/lake.json", json.dumps(document).encode())


def raw_days(dataset="responses"):
    return sorted({path.split("/dt=")[1][:10] for path in glob.glob(f"{PLACE.workspace}/lake/raw/{dataset}/dt=*/*")})


def ask_program(table, engine="local"):
    asked = f"SELECT * FROM {table} ORDER BY {TABLES[table]}"
    return PLACE.do("--json", "query", "--engine", engine, "--sql", asked, timeout=300).document["rows"]


def ask_trino(table):
    return STATE["lake"].trino.ask(f"SELECT * FROM {table} ORDER BY {TABLES[table]}", trino_lake.DATABASE).rows


def both_are_the_same(*options, ask=ask_trino):
    """The cache's rows and Athena's, of all tables, after a sync. Both are asked at the same time."""
    PLACE.do("sync", *options, timeout=200)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        asked = {(who, table): pool.submit(who, table) for table in TABLES for who in (ask, ask_program)}
    for table in TABLES:
        ours, theirs = asked[ask_program, table].result(), asked[ask, table].result()
        different = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]]
        assert ours == theirs and len(ours) > 0, (table, len(ours), len(theirs), different[:2])


def closed_days_are_read_from_parquet():
    report = compact().document
    closed = [day for day in raw_days() if day <= LAST_CLOSED]
    assert report == {"through": closed[-1], "written": len(set(closed) | {day for day in raw_days("events") if day <= LAST_CLOSED}), "holes": 0,
                      "unproved": []}, (report, closed)
    assert state() == {"version": 1, "through": closed[-1], "holes": []}, state()
    both_are_the_same(ask=lambda table: ask_program(table, "athena"))


def a_second_run_writes_nothing():
    before = len(STATE["lake"].athena.executions)
    assert compact().document["written"] == 0
    statements = [execution.orders["QueryString"] for execution in STATE["lake"].athena.executions[before:]]
    assert len(statements) == 4 and all(text.startswith("CREATE OR REPLACE VIEW") for text in statements), statements
    both_are_the_same()


def one_day_is_read_and_the_open_ones():
    """Trino's own counters: of a closed day its Parquet file is read, and of all others only those that are open, once. Of an open day the closed ones are looked
    at for copies, but none whose ids are all older."""
    ask, day, through = STATE["lake"].trino.ask, raw_days()[1], state()["through"]
    files = {dt: (count, newest) for dt, count, newest in ask("SELECT dt, count(*), max(id) FROM parquet_responses GROUP BY dt", trino_lake.DATABASE).rows}
    (opened, oldest), = ask(f"SELECT count(*), min(id) FROM raw_responses WHERE dt > '{through}'", trino_lake.DATABASE).rows
    answer = ask(f"SELECT count(*) FROM responses WHERE dt = '{day}'", trino_lake.DATABASE, session=WAITS)
    assert answer.rows == [[files[day][0]]] and files[day][0] > 0, (day, answer.rows, files)
    assert answer.stats["processedRows"] == files[day][0] + opened < sum(count for count, _ in files.values()), (answer.stats["processedRows"], files, opened)
    alike = sum(count for count, newest in files.values() if newest >= oldest)
    answer = ask(f"SELECT count(*) FROM responses WHERE dt > '{through}'", trino_lake.DATABASE, session=WAITS)
    assert answer.stats["processedRows"] <= opened + alike, (answer.stats["processedRows"], opened, alike)


def put_late(dataset, day, name, lines):
    """An object that comes after its day was compacted; the next sync brings it to the bucket."""
    folder = f"{PLACE.workspace}/lake/raw/{dataset}/dt={day}"
    os.makedirs(folder, exist_ok=True)
    with gzip.open(f"{folder}/{name}.json.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


def read_raw(dataset, day):
    found = []
    for path in glob.glob(f"{PLACE.workspace}/lake/raw/{dataset}/dt={day}/*"):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found += [json.loads(line) for line in file]
    return found


def a_late_object_opens_its_day():
    """And those that may have copies of its records: one of a later day has come earlier here."""
    day, later = raw_days()[1], raw_days()[3]
    known, other = read_raw("responses", day)[:2], read_raw("responses", later)[0]
    assert later <= LAST_CLOSED and other["id"] not in [record["id"] for record in known]
    put_late("responses", day, "late", [{**known[0], "id": known[0]["id"][:-4] + "abcd", "comment": "late"}, known[1],
                                        {**other, "received_at": f"{day}T23:59:59.000Z", "comment": "came earlier"}])
    both_are_the_same()
    assert day in state()["holes"] and later in state()["holes"] and "compacting" not in state(), state()
    assert STATE["lake"].moto.keys(BUCKET, f"parquet/responses/dt={day}") == []
    opened = len(state()["holes"])
    both_are_the_same()
    report = compact().document
    assert report["written"] == opened and report["holes"] == 0, report
    both_are_the_same()


def a_day_of_copies_alone_is_compacted_once():
    """Nothing of it counts, so it has no files."""
    first = raw_days()[0]
    alone = (datetime.date.fromisoformat(first) - datetime.timedelta(days=1)).isoformat()
    put_late("responses", alone, "alone", [{**read_raw("responses", first)[0], "received_at": f"{TODAY}T00:00:00.000Z", "comment": "later"}])
    both_are_the_same()
    assert compact().document["holes"] == 0
    assert compact().document["written"] == 0
    both_are_the_same()


def copies_in_open_days_do_not_count():
    """Of a record in a closed day another copy comes today, as from a phone that was off."""
    day = raw_days()[1]
    put_late("responses", TODAY.isoformat(), "again", [{**record, "received_at": f"{TODAY}T00:00:00.000Z"} for record in read_raw("responses", day)[:5]])
    put_late("events", TODAY.isoformat(), "again", [{**record, "received_at": f"{TODAY}T00:00:00.000Z"} for record in read_raw("events", day)[:5]])
    both_are_the_same()
    compact()
    both_are_the_same()


def forget_everything():
    """As a bucket that was never compacted."""
    ask = STATE["lake"].moto
    for key in ask.keys(BUCKET, "parquet/") + ask.keys(BUCKET, "state/"):
        ask.remove(f"{BUCKET}/{key}")
    PLACE.do("lake", "tables", timeout=200)


def expire_claim():
    """An hour later."""
    document = state()
    if "compacting" in document:
        document["compacting"]["until"] = "2020-01-01T00:00:00.000Z"
        write_state(document)


def killed_it_changes_no_figure():
    forget_everything()
    athena = STATE["lake"].athena
    written = []
    for calls in (1, 4, 8):
        known = len(athena.executions)
        process = PLACE.start("lake", "compact", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert restaurant.wait_until(lambda: len(athena.executions) >= known + calls or process.poll() is not None, 300)
        process.send_signal(signal.SIGKILL)
        process.wait()
        written.append(process.returncode)
        both_are_the_same()
        busy = compact(run=PLACE.run)
        assert busy.status == 1 and "is at work on the lake" in busy.err, busy
        expire_claim()
    assert written == [-signal.SIGKILL] * 3, written
    report = compact().document
    assert report["holes"] == 0 and report["unproved"] == [] and "compacting" not in state(), report
    both_are_the_same()


def of_two_at_once_one_is_told():
    forget_everything()
    processes = [PLACE.start("--json", "lake", "compact", stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    ends = [(process.communicate(timeout=600), process.returncode) for process in processes]
    told = [err for (_, err), status in ends if status != 0]
    assert len(told) == 1 and ("is at work on the lake" in told[0] or "changed from elsewhere" in told[0] or "holds" in told[0]), ends
    both_are_the_same()
    assert compact().document["holes"] == 0
    both_are_the_same()


def a_day_that_changes_meanwhile_is_not_proved():
    forget_everything()
    athena, day = STATE["lake"].athena, raw_days()[2]
    line = {**read_raw("responses", day)[0], "comment": "while it was written"}
    line["id"] = line["id"][:-4] + "beef"
    run = athena.run

    def run_and_disturb(execution, schema):
        answer = run(execution, schema)
        if execution.orders["QueryString"].startswith("UNLOAD") and f"parquet/responses/dt={day}/" in execution.orders["QueryString"]:
            athena.put(f"raw/responses/dt={day}/meanwhile.json.gz", gzip.compress((json.dumps(line) + "\n").encode()))
        return answer

    athena.run = run_and_disturb
    try:
        report = compact().document
    finally:
        athena.run = run
    assert report["unproved"] == [day] and state()["holes"] == [day], (report, state())
    both_are_the_same("--full")
    assert compact().document["written"] == 1 and state()["holes"] == []
    both_are_the_same()


def refuse(name, *records, arrived):
    """What Firehose keeps of records that the gate refused. arrived: milliseconds since the epoch."""
    lines = [json.dumps({"arrivalTimestamp": arrived, "rawData": base64.b64encode(json.dumps(record).encode()).decode()}) for record in records]
    STATE["lake"].athena.put(f"errors/responses/processing-failed/{name}", gzip.compress("\n".join(lines).encode()))


def sent(record):
    """An answer as a guest sends it."""
    return {name: record[name] for name in ("id", "submitted_at", "store_id", "table_id", "form_id", "form_version", "language", "answers")}


def find_in_bucket(record):
    """What of the bucket holds the id, in any version: the beginnings of the keys. In Parquet the end of an id, which is chance, stays as it is but where a piece of it happens
    to be the same as before."""
    moto, seen = STATE["lake"].moto, STATE.setdefault("versions", {})
    versions = moto.versions(BUCKET)
    for key, version in versions:
        if (key, version) not in seen:
            data = moto.get(f"{BUCKET}/{key}?versionId={version}")
            data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
            seen[key, version] = data + b"".join(base64.b64decode(raw) for raw in re.findall(b'"rawData": ?"([^"]*)"', data))
    return sorted({key.split("/")[0] for key, version in versions if record[-12:].encode() in seen[key, version]})


def a_forgotten_answer_is_nowhere():
    """Nor is it in what was refused, in results, or in an earlier version of anything."""
    moto, ask, first = STATE["lake"].moto, STATE["lake"].trino.ask, raw_days()[1]
    records = {record["id"]: record for record in read_raw("responses", first)}
    record = next(record for record in records if "parquet" in find_in_bucket(record))
    kept = next(other for other in records if other != record)
    refuse("some", sent(records[kept]), sent(records[record]), arrived=1)
    PLACE.do("query", "--engine", "athena", "--sql", f"SELECT id, comment FROM responses WHERE id = '{record}'", timeout=200)
    put_late("responses", TODAY.isoformat(), "copy", [{**records[record], "received_at": f"{TODAY}T00:00:00.000Z"}])
    compact()
    assert find_in_bucket(record) == ["errors", "parquet", "raw", "results"], find_in_bucket(record)
    told = PLACE.do("--json", "lake", "forget", record, timeout=600).document
    assert told["rejects"] == 1 and told["results"] >= 1 and told["versions"] >= 2 and told["unreadable"] == [], told
    assert find_in_bucket(record) == [] and "errors" in find_in_bucket(kept)
    assert sorted(key for key, _ in moto.versions(BUCKET) if key.startswith("parquet/")) == sorted(moto.keys(BUCKET, "parquet/"))
    for table in ("raw_responses", "parquet_responses", "responses"):
        assert ask(f"SELECT count(*) FROM {table} WHERE id = '{record}'", trino_lake.DATABASE).rows == [[0]], table
    assert first in state()["holes"], state()
    both_are_the_same()
    compact()
    assert state()["holes"] == [] and find_in_bucket(record) == []
    both_are_the_same()


def an_import_is_taken_back_from_the_bucket():
    """Also once its day is closed; until then it counts."""
    path, closed = PLACE.path("till.csv"), raw_days()[2]
    with open(path, "w", encoding="utf-8") as file:
        file.write("time,store,item,amount\n2026-01-02 12:00,harbour,Undone,7.5\n")
    batch = PLACE.do("--json", "lake", "import", "--kind", "orders", path).document["files"][0]["batch"]
    # As if it had been imported on that day.
    (made,) = glob.glob(f"{PLACE.workspace}/lake/raw/orders/dt=*/import-{batch}-*")
    os.makedirs(f"{PLACE.workspace}/lake/raw/orders/dt={closed}", exist_ok=True)
    os.rename(made, f"{PLACE.workspace}/lake/raw/orders/dt={closed}/{os.path.basename(made)}")
    both_are_the_same()
    compact()
    count = "SELECT count(*) FROM orders WHERE item = 'Undone'"
    assert PLACE.query(count) == [[1]] and state()["holes"] == []
    assert PLACE.do("--json", "lake", "import", "--undo", batch, timeout=300).document == {"objects": 1}
    assert PLACE.query(count) == [[0]] and closed in state()["holes"]
    assert not [key for key in STATE["lake"].moto.keys(BUCKET, f"raw/orders/dt={closed}/") if batch in key]
    both_are_the_same()
    compact()
    both_are_the_same()


def kill_at(process, condition):
    """Or lets it end where it is done before."""
    assert restaurant.wait_until(lambda: condition() or process.poll() is not None, 300)
    process.kill()
    process.wait()


def begin(*words):
    return PLACE.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def change_settings(change):
    """change: is given what workspace.json says of AWS."""
    path = os.path.join(PLACE.workspace, "workspace.json")
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    change(settings["aws"])
    with open(path, "w", encoding="utf-8") as file:
        json.dump(settings, file)


def run_tomorrow(*options):
    """A sync that may compact: (how many statements Athena was given, what was said)."""
    mark, before = os.path.join(PLACE.workspace, ".sobremesa", "compacted"), len(STATE["lake"].athena.executions)
    if os.path.exists(mark):
        with open(mark, encoding="utf-8") as file:
            assert file.read() == TODAY.isoformat()
        os.remove(mark)
    told = PLACE.do("sync", *options, timeout=600)
    return len(STATE["lake"].athena.executions) - before, told.err


def a_sync_compacts_by_itself():
    """Where the workspace says so, or has deployed a stack; once a day, and a failure of it is none of the sync."""
    forget_everything()
    athena, journals = STATE["lake"].athena, os.path.join(PLACE.workspace, ".sobremesa", "deploy-journal")
    run = athena.run

    def refuse_to_unload(execution, schema):
        if execution.orders["QueryString"].startswith("UNLOAD"):
            raise trino.Refusal({"message": "no room", "errorName": "FULL"})
        return run(execution, schema)

    assert run_tomorrow()[0] == 0
    os.makedirs(journals, exist_ok=True)
    with open(os.path.join(journals, "harbour-lake.json"), "w", encoding="utf-8") as file:
        json.dump({"stack_id": "arn:x"}, file)
    athena.run = refuse_to_unload
    try:
        statements, said = run_tomorrow()
    finally:
        athena.run = run
    assert statements == 1 and "The sync is done" in said and "no room" in said and "compacting" not in state(), (statements, said)
    both_are_the_same()
    assert run_tomorrow("--no-compact")[0] == 0
    statements, said = run_tomorrow()
    assert statements > 4 and "closed days were written as Parquet" in said and state()["through"] >= raw_days()[1], (statements, said, state())
    both_are_the_same()
    while len(state()["holes"]) + sum(day > state()["through"] for day in raw_days() if day <= LAST_CLOSED) > 0:
        assert run_tomorrow()[0] > 4
    assert run_tomorrow()[0] == 4, "only the views are made anew"
    before = len(athena.executions)
    PLACE.do("sync", timeout=200)
    assert len(athena.executions) == before, "once a day"
    change_settings(lambda aws: aws.setdefault("athena", {}).update(compact=False))
    assert run_tomorrow()[0] == 0
    os.remove(os.path.join(journals, "harbour-lake.json"))
    change_settings(lambda aws: aws["athena"].update(compact=True))
    assert run_tomorrow()[0] == 4
    change_settings(lambda aws: aws["athena"].pop("compact"))
    both_are_the_same()


def make_late(dice, comment, number):
    """(day, name, lines) of an object of a closed day."""
    day = dice.choice([day for day in raw_days() if day <= LAST_CLOSED])
    line = dict(read_raw("responses", day)[0], comment=comment)
    line["id"] = f"{line['id'][:-4]}{number:04x}"
    return day, comment.replace(" ", "-"), [line]


def bring_late(dice, number):
    """To a closed day, and killed at one of the views that are made anew first, or later."""
    athena = STATE["lake"].athena
    put_late("responses", *make_late(dice, f"late {number}", 0xa000 + number))
    wanted = len(athena.executions) + dice.randrange(1, 5)
    kill_at(begin("sync"), lambda: len(athena.executions) >= wanted)


def compact_a_little(dice, _):
    wanted = len(STATE["lake"].athena.executions) + dice.randrange(1, 12)
    kill_at(begin("lake", "compact"), lambda: len(STATE["lake"].athena.executions) >= wanted)


def compact_all(_, __):
    expire_claim()
    compact()


def forget_some(dice, _):
    """Killed, and once more: that one ends it."""
    expire_claim()
    record = dice.choice(read_raw("responses", dice.choice([day for day in raw_days() if day <= LAST_CLOSED and read_raw("responses", day)])))["id"]
    wanted = len(STATE["lake"].athena.executions) + dice.randrange(1, 5)
    kill_at(begin("lake", "forget", record), lambda: len(STATE["lake"].athena.executions) >= wanted)
    PLACE.do("lake", "forget", record, timeout=600)
    assert find_in_bucket(record) == []
    for table in ("raw_responses", "parquet_responses", "responses"):
        assert STATE["lake"].trino.ask(f"SELECT count(*) FROM {table} WHERE id = '{record}'", trino_lake.DATABASE).rows == [[0]], (table, record)


def replay_some(dice, number):
    """An answer that was refused by mistake, and one that came once more and was taken; killed once the first is in the lake, and once more."""
    expire_claim()
    known = sent(dice.choice(read_raw("responses", dice.choice([day for day in raw_days() if day <= LAST_CLOSED and read_raw("responses", day)]))))
    new = {**known, "id": f"{known['id'][:-4]}{0xe000 + number:04x}"}
    refuse(f"replay-{number}", known, new, {**known, "language": ""}, arrived=1000 * int(time.mktime((TODAY - datetime.timedelta(days=8)).timetuple())))
    keys = STATE["lake"].moto.keys
    before = len(keys(BUCKET, f"raw/responses/dt={TODAY}/replay-"))
    kill_at(begin("lake", "errors", "--replay"), lambda: len(keys(BUCKET, f"raw/responses/dt={TODAY}/replay-")) > before)
    PLACE.do("lake", "errors", "--replay", timeout=300)
    PLACE.do("sync", timeout=200)
    assert PLACE.query(f"SELECT count(*) FROM responses WHERE id = '{new['id']}'") == [[1]]


def promote_late(dice, number):
    """From a workspace that reads from its folder again; killed, and once more."""
    change_settings(lambda aws: aws.pop("bucket"))
    put_late("responses", *make_late(dice, f"promoted {number}", 0xb000 + number))
    wanted = len(STATE["lake"].athena.executions) + dice.randrange(1, 5)
    kill_at(begin("lake", "promote", "--bucket", BUCKET), lambda: len(STATE["lake"].athena.executions) >= wanted)
    expire_claim()
    PLACE.do("lake", "promote", "--bucket", BUCKET, timeout=300)


def whatever_comes_after_what_no_figure_changes():
    """What is done, where it is killed and to which day, by a dice of a fixed seed. A claim of whoever was killed is waited for."""
    dice = random.Random(11)
    for number, step in enumerate((compact_all, bring_late, compact_a_little, replay_some, promote_late, forget_some, compact_a_little, replay_some, bring_late,
                                   promote_late, compact_all)):
        step(dice, number)
        expire_claim()
        both_are_the_same()
    assert state()["holes"] == [], state()


def with_lake(function):
    if "skip" in STATE:
        raise tap.Skip(STATE["skip"])
    if "lake" not in STATE:
        try:
            STATE["lake"] = trino_lake.Lake(PLACE, TODAY + datetime.timedelta(days=1)).__enter__()
        except tap.Skip as reason:
            STATE["skip"] = str(reason)
            raise
        settle()
    function()


if __name__ == "__main__":
    with PLACE:
        try:
            tap.run([(function.__name__.replace("_", " "), lambda function=function: with_lake(function)) for function in (
                closed_days_are_read_from_parquet, a_second_run_writes_nothing, one_day_is_read_and_the_open_ones, a_late_object_opens_its_day,
                a_day_of_copies_alone_is_compacted_once,
                copies_in_open_days_do_not_count, killed_it_changes_no_figure, of_two_at_once_one_is_told,
                a_day_that_changes_meanwhile_is_not_proved, a_forgotten_answer_is_nowhere, an_import_is_taken_back_from_the_bucket, a_sync_compacts_by_itself,
                whatever_comes_after_what_no_figure_changes)])
        finally:
            if "lake" in STATE:
                STATE["lake"].__exit__(None, None, None)
