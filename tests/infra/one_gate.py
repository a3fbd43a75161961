#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Intake's gate in C and the transform, as it is deployed, say the same of the same bytes: the line to store, byte for byte, or the rule that is broken."""

import base64
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import record_corpus
import stack_template
import tap

PROGRAM = sys.argv[2]
ARRIVED = "2025-12-01T12:00:00.123Z"


def ask_intake(bodies):
    """(lines, rule, number) for each body."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as tables:
        tables.write(record_corpus.CSV)
        tables.flush()
        told = subprocess.run([PROGRAM, tables.name, record_corpus.SECRET.hex(), str(record_corpus.EPOCH), str(record_corpus.NOW)], check=True,
                              input="".join(f"{dataset} {base64.b64encode(body).decode()}\n" for dataset, body in bodies), stdout=subprocess.PIPE, text=True)
    answers = []
    for line in told.stdout.splitlines():
        if line.startswith("="):
            answers.append((base64.b64decode(line[1:]), None, 0))
        else:
            rule, number = line.split(" ")
            answers.append((None, rule, int(number)))
    assert len(answers) == len(bodies), (len(answers), len(bodies))
    return answers


def ask_transform(bodies):
    gate = stack_template.function("Transform")["gate"]
    places = {"secret": record_corpus.SECRET.hex(), "epoch": record_corpus.EPOCH,
              "tables": {f"{store}/{table}".upper(): (store, table) for store, table in record_corpus.TABLES}}
    for dataset, body in bodies:
        lines, rule, number = gate(dataset, body, places, ARRIVED, "local")
        yield (None if lines is None else lines.encode()), rule, number


def compare(bodies):
    """Returns what intake says, once the transform was found to say the same."""
    intake = ask_intake(bodies)
    differing = [(body, one, other) for body, one, other in zip(bodies, intake, ask_transform(bodies)) if one != other]
    assert not differing, f"{len(differing)} of {len(bodies)} differ, such as {differing[:3]}"
    return intake


def ten_thousand_good_ones():
    said = compare(list(record_corpus.good(10000)))
    assert all(rule is None for _, rule, _ in said), [one for one in said if one[1]][:3]
    lines = b"".join(lines for lines, _, _ in said)
    counts = [lines.count(text) for text in (b'"verified":true,"channel"', b'"verified":false,"channel"', b'"suspicion":0.7')]
    print(f"# right keys, wrong ones, honeypots: {counts}")
    assert counts[0] > 1000 and counts[1] > 2000 and counts[2] > 200, counts
    marks = [lines.count(b'"personal":"' + text) for text in (b'email"', b'phone"', b'card"', b'email phone')]
    print(f"# addresses, telephone numbers, cards, an address and a number: {marks}")
    assert min(marks) > 50, marks
    assert b'"key"' not in b"".join(lines for (lines, _, _), index in zip(said, range(10000)) if index % 4 != 3)


def two_hundred_bad_ones():
    bodies = record_corpus.bad(200)
    said = compare(bodies)
    passed = [body for body, (_, rule, _) in zip(bodies, said) if rule is None]
    assert len(bodies) == 200 and len(set(bodies)) == 200 and not passed, passed[:3]
    rules = {rule for _, rule, _ in said}
    print(f"# {len(rules)} rules: {' '.join(sorted(rules))}")
    assert len(rules) > 50, rules


def forty_thousand_changed_ones():
    said = compare(list(record_corpus.mutated(40000)))
    broken = sum(rule is not None for _, rule, _ in said)
    assert 20000 < broken < 39000, broken


def main():
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        ten_thousand_good_ones, two_hundred_bad_ones, forty_thousand_changed_ones)])


if __name__ == "__main__":
    main()
