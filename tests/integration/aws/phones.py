#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two thousand guests answer within the twenty seconds in which Firehose throttles, fails and breaks off: the page's own outbox and transport on one clock, then the gate as it is
deployed, the lake, the cache."""

import base64
import gzip
import json
import os
import shutil
import subprocess
import sys
import types

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))
sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "infra"))

import restaurant
import stack_template
import tap

SOURCE = os.environ["SOBRE_TEST_SOURCE"]
PHONES = 2000
TROUBLE = [200, 220]
# What AWS takes a second from one account, in the smaller regions.
LIMITS = {"GetId": 25, "GetCredentialsForIdentity": 200, "PutRecord": 1000}
# Before try 2, 3, …, as docs/form.md has it: three quick ones, then 30 s, doubling.
CAPS = [1e3, 2e3, 30e3, 60e3, 120e3, 240e3, 480e3, 900e3]
STORY = {}


def each_answer_is_sent_until_it_is_taken():
    node = shutil.which("node")
    if node is None:
        raise tap.Skip("there is no node")
    options = {"phones": PHONES, "trouble": TROUBLE, "seed": 7, "limits": LIMITS}
    done = subprocess.run([node, os.path.join(SOURCE, "tests", "site", "phones.js"), os.path.join(SOURCE, "infra", "site"), json.dumps(options)], check=True,
                          stdout=subprocess.PIPE, text=True, timeout=600)
    STORY.update(json.loads(done.stdout))
    ids = [json.loads(text)["id"] for _, text in STORY["records"]]
    print(f"# {STORY['requests']} requests for {PHONES} answers, {len(ids) - len(set(ids))} of them stored again; the last arrived {STORY['ended'] - TROUBLE[1]:.0f} s after the trouble")
    assert STORY["unsent"] == 0 and sorted(set(ids)) == sorted(STORY["sent"]) and len(set(ids)) == PHONES
    assert len(ids) > PHONES + 100, "too little of what was stored was not acknowledged"


def waits_grow_and_stay_under_their_caps():
    waits = {}
    for tries, delay in STORY["waits"]:
        waits.setdefault(tries, []).append(delay)
    over = [(tries, delay) for tries, delay in STORY["waits"] if not 0 <= delay <= CAPS[min(tries, len(CAPS)) - 1]]
    means = [sum(delays) / len(delays) for _, delays in sorted(waits.items()) if len(delays) > 30]
    print(f"# means of the waits, ms: {[round(mean) for mean in means]}")
    assert not over and len(means) >= 4 and means == sorted(means), (over[:3], means)
    assert len({round(delay) for _, delay in STORY["waits"]}) > len(STORY["waits"]) / 4, "waits are spread"


def nobody_asks_more_than_is_taken():
    print(f"# most in a second: {STORY['peaks']}")
    assert STORY["excess"] == [] and STORY["peaks"]["PutRecord"] > 100, STORY["excess"][:3]


def each_id_is_once_in_the_cache():
    sys.modules["boto3"] = types.SimpleNamespace(client=lambda name: types.SimpleNamespace(
        exceptions=types.SimpleNamespace(ParameterNotFound=KeyError), get_parameter=lambda **_: {}["none"]))
    names = stack_template.function("Transform")
    names["print"] = lambda line: None
    os.environ.update(GUESTS="/sobremesa/x/guests", STACK="x", CHANNEL="direct")
    event = {"deliveryStreamArn": "arn:aws:firehose:eu-central-1:1:deliverystream/x-responses",
             "records": [{"recordId": str(number), "approximateArrivalTimestamp": int(at), "data": base64.b64encode(text.encode()).decode()}
                         for number, (at, text) in enumerate(STORY["records"])]}
    passed = [base64.b64decode(record["data"]) for record in names["handler"](event, None)["records"] if record["result"] == "Ok"]
    assert len(passed) == len(STORY["records"])
    with restaurant.Restaurant() as place:
        place.do("init")
        for part in range(4):
            folder = place.path("restaurant", "lake", "raw", "responses", "dt=2025-12-01")
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, f"x-{part}.json.gz"), "wb") as file:
                file.write(gzip.compress(b"".join(passed[part::4])))
        told = place.do("--json", "sync").document
        assert (told["rows"], told["conflicts"], told["rejects"]) == (PHONES, 0, 0) and told["duplicates"] == len(passed) - PHONES, told
        assert place.query("SELECT count(*), count(DISTINCT id) FROM responses") == [[PHONES, PHONES]]


def main():
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        each_answer_is_sent_until_it_is_taken, waits_grow_and_stay_under_their_caps, nobody_asks_more_than_is_taken, each_id_is_once_in_the_cache)])


if __name__ == "__main__":
    main()
