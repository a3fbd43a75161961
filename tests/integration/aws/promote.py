#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lake that was collected on the laptop moves to a bucket: the same bytes under the same keys, and the same figures before and after."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import restaurant
import tap

PLACE = restaurant.Restaurant()
ACCOUNTS = []
FIGURES = "SELECT service_day, count(*) AS n, avg(score) AS mean FROM answers GROUP BY service_day ORDER BY service_day"
BEFORE = []


def account():
    if not ACCOUNTS:
        ACCOUNTS.append(aws_double.Account("harbour-lake", ["s3:*", "sts:GetCallerIdentity"]).__enter__())
        PLACE.env.update(ACCOUNTS[0].environment())
    return ACCOUNTS[0]


def folder_objects():
    top = os.path.join(PLACE.workspace, "lake")
    found = {}
    for folder, _, names in os.walk(os.path.join(top, "raw")):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, top)] = file.read()
    return found


def who_is_signed_in():
    account()
    PLACE.do("init", "--sample")
    status = PLACE.do("--json", "aws", "status").document
    assert status["arn"].endswith("user/maria"), status
    assert status["keys"] == "environment", status


def dry_run_sends_nothing():
    account()
    PLACE.do("sync")
    BEFORE.extend(PLACE.query(FIGURES))
    told = PLACE.do("--json", "lake", "promote", "--bucket", "harbour-lake", "--dry-run").document
    assert told["sent"] == told["objects"] == len(folder_objects()) > 100, told
    assert account().objects() == {}


def bucket_has_the_same_bytes():
    told = PLACE.do("--json", "lake", "promote", "--bucket", "harbour-lake").document
    assert told["sent"] == told["compared"] == len(folder_objects()), told
    assert told["records"] == sum(PLACE.query(f"SELECT count(*) FROM {table}")[0][0] for table in ("responses", "events", "orders")), told
    assert account().objects() == folder_objects()
    with open(os.path.join(PLACE.workspace, "workspace.json"), encoding="utf-8") as file:
        assert json.load(file)["aws"]["bucket"] == "harbour-lake"


def again_it_only_compares():
    told = PLACE.do("--json", "lake", "promote").document
    assert told["sent"] == 0 and told["compared"] == told["objects"], told


def figures_are_the_same():
    PLACE.do("sync")
    assert len(BEFORE) > 100
    assert PLACE.query(FIGURES) == BEFORE
    assert PLACE.do("--json", "sync").document["objects"] == 0


def new_answers_reach_the_bucket():
    before = len(account().objects())
    record = {"v": 1, "id": "01930000-0000-7000-8000-000000000001", "submitted_at": "2026-01-02T20:00:00.000Z",
              "received_at": "2026-01-02T20:00:01.000Z", "store_id": "harbour", "table_id": "1", "verified": True, "form_id": "visit",
              "form_version": 1, "language": "en", "answers": [{"question": "overall", "kind": "stars", "score": 5}], "channel": "local"}
    folder = os.path.join(PLACE.workspace, "lake", "raw", "responses", "dt=2026-01-02")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "late.json"), "w", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    told = PLACE.do("--json", "sync").document
    assert told["delivered"] == 1 and told["rows"] == 1, told
    assert len(account().objects()) == before + 1


def wrong_secret_is_said():
    right = PLACE.env["AWS_SECRET_ACCESS_KEY"]
    PLACE.env["AWS_SECRET_ACCESS_KEY"] = "wrong"
    result = PLACE.run("--json", "sync")
    PLACE.env["AWS_SECRET_ACCESS_KEY"] = right
    assert result.status == 1 and "SignatureDoesNotMatch" in result.err, result
    assert right not in result.err, result


def another_object_is_left_alone():
    path = os.path.join(PLACE.workspace, "lake", "raw", "responses", "dt=2026-01-02", "late.json")
    with open(path, "a", encoding="utf-8") as file:
        file.write("\n")
    before = account().objects()
    result = PLACE.run("lake", "promote")
    assert result.status == 1 and "late.json" in result.err, result
    assert account().objects() == before


def main():
    try:
        tap.run([(function.__name__.replace("_", " "), function) for function in (
            who_is_signed_in, dry_run_sends_nothing, bucket_has_the_same_bytes, again_it_only_compares, figures_are_the_same,
            new_answers_reach_the_bucket, wrong_secret_is_said, another_object_is_left_alone)])
    finally:
        for double in ACCOUNTS:
            double.__exit__()
        PLACE.__exit__()


if __name__ == "__main__":
    main()
