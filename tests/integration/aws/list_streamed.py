# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bucket's list is read page by page: its first objects are fetched while the rest is listed, and a list that breaks, or a program that is killed while it
lists, keeps what was read."""

import os
import signal
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import bucket
import fake_aws
import restaurant
import tap

OBJECTS = 2300  # three pages
PATIENCE = 30


def is_last_page(request, aws):
    """Of the answers: the one that begins behind the 2,000th key."""
    return request.operation == "ListObjectsV2" and request.query.get("start-after") == sorted(aws.objects)[1999]


def holds(place, aws):
    fault = bucket.find_fault(place, aws)
    assert fault is None, fault


def first_objects_come_before_the_list_has_ended():
    with bucket.place_with_bucket(OBJECTS, per_object=1) as (place, aws):
        fetched, waited = threading.Event(), []

        def script(request, _):
            if request.operation == "GetObject":
                fetched.set()
            if is_last_page(request, aws):
                waited.append(fetched.wait(PATIENCE))

        aws.script = script
        told = place.do("--json", "sync", timeout=180).document
        assert waited == [True], "nothing was fetched until all was listed"
        assert told["objects"] == len(aws.objects), told
        holds(place, aws)


def what_was_read_before_a_list_broke_stays():
    with bucket.place_with_bucket(OBJECTS, per_object=1) as (place, aws):
        enough = threading.Event()

        def script(request, number):
            if request.operation == "GetObject" and number == 500:
                enough.set()
            if is_last_page(request, aws):
                enough.wait(PATIENCE)
                return fake_aws.Fault(status=503, code="InternalError")
            return None

        aws.script = script
        result = place.run("--json", "sync", timeout=180)
        assert result.status == 1 and "InternalError" in result.err, result
        aws.script = lambda request, n: None
        told = place.do("--json", "sync", timeout=180).document
        assert not told["rebuilt"] and 0 < told["objects"] < len(aws.objects), told
        holds(place, aws)


def killed_while_it_lists_it_goes_on():
    with bucket.place_with_bucket(OBJECTS, per_object=1) as (place, aws):
        listing, fetched = threading.Event(), threading.Event()

        def script(request, number):
            if request.operation == "GetObject" and number == 1000:
                fetched.set()
            if is_last_page(request, aws):
                listing.wait(PATIENCE)

        aws.script = script
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            process = place.start("sync", stdout=nowhere, stderr=nowhere)
            assert fetched.wait(60) and process.poll() is None
            assert restaurant.wait_until(lambda: int(place.query("SELECT count(*) FROM responses")[0][0]) > 0, 30)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        listing.set()
        aws.script = lambda request, n: None
        told = place.do("--json", "sync", timeout=180).document
        assert not told["rebuilt"] and 0 < told["objects"] < len(aws.objects), told
        holds(place, aws)


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        first_objects_come_before_the_list_has_ended, what_was_read_before_a_list_broke_stays, killed_while_it_lists_it_goes_on)])
