# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a lake in a bucket is fetched: only the days that may hold something new are listed, nothing is fetched twice, what was interrupted goes on, and caps and
prices are what was said."""

import collections
import gzip
import json
import os
import shutil
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import bucket
import fake_aws
import restaurant
import small_lake
import tap

DAYS = "raw/responses/dt="


def put_answers(aws, key, seed, count=3):
    aws.put(key, "".join(line + "\n" for _, line in small_lake.make_lines(seed, count, bad=0, twice=0)).encode())


def lists(aws):
    return [(request.query["prefix"], request.query.get("start-after")) for request, _ in aws.requests if request.operation == "ListObjectsV2"]


def holds(place, aws):
    fault = bucket.find_fault(place, aws)
    assert fault is None, fault


def only_the_newest_days_are_listed():
    """Answers of twenty days to 2026-01-20: 26 hours before that day begins is the 18th."""
    with bucket.place_with_bucket(100) as (place, aws):
        place.do("sync", timeout=180)
        assert lists(aws) == [(f"raw/{name}/", None) for name in ("responses", "events", "orders")] or len(lists(aws)) == 3, lists(aws)
        aws.forget_requests()
        assert place.do("--json", "sync").document["objects"] == 0
        asked = dict(lists(aws))
        assert aws.count() == 3 and asked["raw/responses/"] == DAYS + "2026-01-18/", asked
        # What Firehose writes a day late, and what comes now.
        put_answers(aws, DAYS + "2026-01-19/0-late.json", 1)
        put_answers(aws, DAYS + "2026-01-21/new.json", 2)
        assert place.do("--json", "sync").document["objects"] == 2
        # What somebody else writes under an old day waits until all of the bucket is listed again.
        put_answers(aws, DAYS + "2026-01-02/from-another-laptop.json", 3)
        assert place.do("--json", "sync").document["objects"] == 0
        bucket.a_day_passes(place)
        assert place.do("--json", "sync").document["objects"] == 1
        aws.forget_requests()
        assert place.do("--json", "sync").document["objects"] == 0 and dict(lists(aws))["raw/responses/"] == DAYS + "2026-01-19/"
        holds(place, aws)


def what_cannot_be_reached_is_asked_for_again():
    """An object of an old day, which is in no list of the newest days."""
    with bucket.place_with_bucket(100) as (place, aws):
        old = min(aws.objects)
        aws.script = lambda request, n: fake_aws.Fault(status=503, code="InternalError") if request.key == old else None
        result = place.do("--json", "sync", timeout=180)
        assert result.document["postponed"] == 1 and "asks for them again" in result.err, result
        assert place.do("--json", "sync", timeout=180).document["postponed"] == 1
        aws.script = lambda request, n: None
        assert place.do("--json", "sync", timeout=180).document["objects"] == 1
        holds(place, aws)


def killed_it_goes_on_where_it_was():
    """What was committed is not fetched again, whenever it died; what was not is. At twenty objects a second two seconds of work are killed three times."""
    with bucket.place_with_bucket(1600, per_object=10, sync={"connections": 2}) as (place, aws):
        fetched = collections.Counter()

        def script(request, _):
            if request.operation == "GetObject":
                fetched[request.key] += 1
                time.sleep(0.1)

        aws.script = script
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            for _ in range(3):
                wanted = sum(fetched.values()) + 40
                process = place.start("sync", stdout=nowhere, stderr=nowhere)
                assert restaurant.wait_until(lambda wanted=wanted: sum(fetched.values()) >= wanted or process.poll() is not None, 60)
                assert process.poll() is None, "it ended by itself"
                process.send_signal(signal.SIGKILL)
                process.wait(10)
        killed = sum(fetched.values())
        told = place.do("--json", "sync", timeout=180).document
        assert set(fetched) == set(aws.objects) and 0 < told["objects"] < len(aws.objects), (told, killed)
        assert sum(fetched.values()) < len(aws.objects) + killed, (sum(fetched.values()), len(aws.objects), killed)
        holds(place, aws)


class Crowd:
    """How many objects are being fetched at once."""

    def __init__(self):
        self.lock, self.now, self.most = threading.Lock(), 0, 0

    def __call__(self, request, _):
        if request.operation == "GetObject":
            with self.lock:
                self.now += 1
                self.most = max(self.most, self.now)
            time.sleep(0.03)
            with self.lock:
                self.now -= 1


def no_more_at_once_than_said():
    for setting, option, most in (({}, [], 16), ({"sync": {"connections": 3}}, [], 3), ({"sync": {"connections": 3}}, ["--connections", "5"], 5)):
        with bucket.place_with_bucket(800, **setting) as (place, aws):
            aws.script = crowd = Crowd()
            place.do("sync", *option, timeout=180)
            assert 1 < crowd.most <= most, (setting, option, crowd.most)
            assert option or setting or crowd.most > 5, crowd.most


def no_faster_than_said():
    """Never more bytes than the time since the first one allows, but one object's, for many small objects and for a large one."""
    rate = 40000
    with bucket.place_with_bucket(300, per_object=5) as (place, aws):
        total = sum(len(kept.data) for kept in aws.objects.values())
        large = max(len(kept.data) for kept in aws.objects.values())
        begun, sent = [], [0]

        def script(request, _):
            if request.operation == "GetObject":
                with aws.lock:
                    begun.append((time.monotonic(), sent[0]))
                    sent[0] += len(aws.objects[request.key].data)

        aws.script = script
        place.do("sync", "--max-rate", str(rate / 1e6), timeout=180)
        assert sent[0] == total
        for when, before in begun:
            assert before <= (when - begun[0][0] + 0.3) * rate + 17 * large, (when - begun[0][0], before)
        assert begun[-1][0] - begun[0][0] >= (total - 17 * large) / rate - 0.3, (begun[-1], total)
        aws.put(DAYS + "2026-01-20/large.json", b"\n" * (3 * rate))
        started = time.monotonic()
        place.do("sync", "--max-rate", str(rate / 1e6), timeout=180)
        assert time.monotonic() - started > 2
    with bucket.place_with_bucket(20) as (place, _):
        for option in (["--connections", "0"], ["--connections", "65"], ["--max-rate", "0.001"], ["--max-rate", "-1"]):
            assert place.run("sync", *option).status == 2, option


def dry_run_tells_objects_bytes_and_price():
    with bucket.place_with_bucket(200, sync={"price_per_gb": 900, "price_per_1000_gets": 4}) as (place, aws):
        size = sum(len(kept.data) for kept in aws.objects.values())
        told = place.do("--json", "sync", "--dry-run").document
        assert (told["objects"], told["bytes"]) == (len(aws.objects), size), told
        assert abs(told["price"] - (size * 900 / 1e9 + len(aws.objects) * 4 / 1e3 + 3 * 0.005 / 1e3)) < 1e-9, told
        assert aws.count("GetObject") == 0
        text = place.do("sync", "--dry-run").out
        assert f"{len(aws.objects)} objects" in text and f"about ${told['price']:.4f}" in text, text
        place.do("sync", timeout=180)
        put_answers(aws, DAYS + "2026-01-20/new.json", 5)
        assert place.do("--json", "sync", "--dry-run").document["objects"] == 1
        assert place.do("--json", "sync", "--dry-run", "--full").document["objects"] == len(aws.objects)
        assert place.do("--json", "sync").document["objects"] == 1


def progress_tells_rate_and_time_left():
    with bucket.place_with_bucket(400, per_object=5, sync={"connections": 1}) as (place, aws):
        aws.script = lambda request, n: time.sleep(0.03)
        told = place.do("sync", timeout=180).err
        assert "B/s, " in told and " s left" in told, told


def another_bucket_is_another_lake():
    """The same keys with other bytes: nothing of the first lake stays; and back."""
    with bucket.place_with_bucket(60) as (place, aws), fake_aws.FakeAws("other-lake") as other:
        place.do("sync", timeout=180)
        for number, key in enumerate(sorted(aws.objects)):
            put_answers(other, key, 900 + number)
        path = place.path("restaurant", "workspace.json")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        for fake in (other, aws):
            document["aws"]["bucket"] = fake.bucket
            with open(path, "w", encoding="utf-8") as file:
                json.dump(document, file)
            place.env["AWS_ENDPOINT_URL"] = fake.endpoint
            place.do("sync", timeout=180)
            assert [row[0] for row in place.query(bucket.TABLE)] == sorted(bucket.valid_ids(fake)), fake.bucket


def folder_with_answers(place):
    """The workspace reads its folder, which holds what was in the bucket."""
    path = place.path("restaurant", "workspace.json")
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    del document["aws"]["bucket"]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    shutil.copytree(place.path("lake"), place.path("restaurant", "lake"), dirs_exist_ok=True)
    place.do("sync", timeout=180)


def read_bucket_setting(place):
    with open(place.path("restaurant", "workspace.json"), encoding="utf-8") as file:
        return json.load(file).get("aws", {}).get("bucket")


def promotion_goes_on_after_a_kill():
    """Killed while it copies and while it compares: nothing is sent twice, and the workspace reads from the bucket only when all was proved."""
    figures = "SELECT service_day, count(*) AS n, avg(score) AS mean FROM answers GROUP BY service_day ORDER BY service_day"
    with bucket.place_with_bucket(400, per_object=5) as (place, aws):
        folder_with_answers(place)
        before, count = place.query(figures), len(aws.objects)
        aws.objects.clear()
        for operation in ("PutObject", "GetObject"):
            aws.forget_requests()

            def die(request, number, operation=operation):
                if request.operation == operation and number == 12:
                    process.send_signal(signal.SIGKILL)
                time.sleep(0.01)

            aws.script = die
            with open(os.devnull, "w", encoding="utf-8") as nowhere:
                process = place.start("lake", "promote", "--bucket", aws.bucket, stdout=nowhere, stderr=nowhere)
                assert process.wait(60) == -signal.SIGKILL
            assert read_bucket_setting(place) is None and place.query(figures) == before
        aws.script = lambda request, n: None
        aws.forget_requests()
        told = place.do("--json", "lake", "promote", "--bucket", aws.bucket, timeout=180).document
        assert told["sent"] == 0 and told["compared"] == told["objects"] == count and aws.count("PutObject") == 0, told
        assert read_bucket_setting(place) == aws.bucket
        place.do("sync", timeout=180)
        assert place.query(figures) == before
        holds(place, aws)


def lost_replies_are_no_conflict():
    """An object was stored and the reply did not come: the second try finds it there, looks at it and takes it for its own. Another object is none."""
    with bucket.place_with_bucket(100) as (place, aws):
        folder_with_answers(place)
        kept = dict(aws.objects)
        aws.objects.clear()
        lost = set()

        def script(request, number):
            if request.operation == "PutObject" and number % 2 == 0 and request.key not in lost:
                lost.add(request.key)
                return fake_aws.Fault(silent=True)
            return None

        aws.script = script
        told = place.do("--json", "lake", "promote", "--bucket", aws.bucket, timeout=180).document
        assert told["sent"] == told["compared"] == len(kept) and len(lost) > 3, (told, len(lost))
        assert {key: one.data for key, one in aws.objects.items()} == {key: one.data for key, one in kept.items()}
        holds(place, aws)
        # Somebody else makes an object while ours is on its way.
        path = place.path("restaurant", "lake", DAYS + "2026-01-20", "mine.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n")

        def overtake(request, _):
            if request.operation == "PutObject":
                put_answers(aws, request.key, 4)

        aws.script = overtake
        result = place.run("sync", timeout=180)
        assert result.status == 1 and "mine.json" in result.err, result
        os.unlink(path)
        holds(place, aws)


def promotion_notices_other_bytes():
    """The bucket has another object under the key, of the same size and with the ETag that it should have: it is told, and the folder goes on being read."""
    with bucket.place_with_bucket(60) as (place, aws):
        folder_with_answers(place)
        key = sorted(aws.objects)[3]
        kept = aws.objects[key]
        data = bucket.unpack(kept.data)
        aws.put(key, gzip.compress(data.replace(b"harbour", b"station"), 1, mtime=0))
        aws.objects[key].etag = kept.etag
        result = place.run("lake", "promote", "--bucket", aws.bucket, timeout=180)
        assert result.status == 1 and key in result.err and read_bucket_setting(place) is None, result
        # More than the folder has is no difference.
        aws.objects[key] = kept
        put_answers(aws, DAYS + "2026-01-20/from-guests.json", 8)
        told = place.do("--json", "lake", "promote", "--bucket", aws.bucket, timeout=180).document
        assert told["sent"] == 0 and told["compared"] == len(aws.objects) - 1, told
        holds(place, aws)


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        only_the_newest_days_are_listed, what_cannot_be_reached_is_asked_for_again, killed_it_goes_on_where_it_was, no_more_at_once_than_said,
        no_faster_than_said, dry_run_tells_objects_bytes_and_price, progress_tells_rate_and_time_left, another_bucket_is_another_lake,
        promotion_goes_on_after_a_kill, lost_replies_are_no_conflict, promotion_notices_other_bytes)])
