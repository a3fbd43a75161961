# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `lake promote` has proved to be the same is not fetched once more: the first sync from the bucket lists it and reads nothing, and what is really new is read."""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import bucket
import fake_aws
import restaurant
import small_lake
import tap

ANSWERS = 300
KEY = "raw/responses/dt=2026-01-02/from-elsewhere.json"


class Promoted:
    """A context manager: (restaurant, fake), the restaurant's lake promoted; the requests of that are forgotten."""

    def __enter__(self):
        self.place, self.aws = restaurant.Restaurant().__enter__(), fake_aws.FakeAws().__enter__()
        self.place.do("init")
        self.place.env.update(self.aws.environment(self.place.folder))
        small_lake.write_lake(self.place.workspace, 11, ANSWERS)
        told = self.place.do("--json", "lake", "promote", "--bucket", self.aws.bucket, timeout=180).document
        assert told["sent"] == told["compared"] == len(self.aws.objects) > 10, told
        self.aws.forget_requests()
        return self.place, self.aws

    def __exit__(self, *_):
        self.aws.__exit__()
        self.place.__exit__()


def put(aws, seed, key=KEY):
    aws.put(key, "".join(line + "\n" for _, line in small_lake.make_lines(seed, 3, bad=0, twice=0)).encode())


def holds(place, aws):
    fault = bucket.find_fault(place, aws)
    assert fault is None, fault


def nothing_is_fetched_again():
    with Promoted() as (place, aws):
        rows = place.query(bucket.TABLE)
        told = place.do("--json", "sync").document
        assert told["objects"] == 0 and not told["rebuilt"], told
        assert aws.count("GetObject") == 0 and aws.count("ListObjectsV2") == 3, [(request.operation, request.key) for request, _ in aws.requests]
        assert place.query(bucket.TABLE) == rows and len(rows) > 100
        holds(place, aws)


def what_the_bucket_had_besides_is_read():
    with Promoted() as (place, aws):
        put(aws, 5)
        told = place.do("--json", "sync").document
        assert told["objects"] == 1 and told["rows"] == 3 and not told["rebuilt"], told
        assert aws.count("GetObject") == 1
        holds(place, aws)


def what_changed_since_is_read_anew():
    with Promoted() as (place, aws):
        put(aws, 6, max(aws.objects))
        told = place.do("--json", "sync", timeout=180).document
        assert told["rebuilt"] and told["objects"] == len(aws.objects), told
        holds(place, aws)


def without_its_cache_everything_is_read():
    with Promoted() as (place, aws):
        shutil.rmtree(place.env["XDG_CACHE_HOME"])
        assert place.do("--json", "sync", timeout=180).document["objects"] == len(aws.objects) == aws.count("GetObject")
        holds(place, aws)


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        nothing_is_fetched_again, what_the_bucket_had_besides_is_read, what_changed_since_is_read_anew, without_its_cache_everything_is_read)])
