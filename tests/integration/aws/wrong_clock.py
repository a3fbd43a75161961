# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The computer's clock and AWS's are twenty minutes apart: everything works, with bodies and without."""

import email.utils
import os
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import restaurant
import small_lake
import tap


def read_clock(endpoint):
    """The double's clock, seconds since the epoch."""
    try:
        reply = urllib.request.urlopen(endpoint, timeout=10)
    except urllib.error.HTTPError as refusal:
        reply = refusal
    return email.utils.parsedate_to_datetime(reply.headers["date"]).timestamp()


def works_with(clock):
    with restaurant.Restaurant() as place:
        place.do("init")
        objects = small_lake.write_lake(place.workspace, 5, 400)
        ids = len(small_lake.distinct_ids(place.workspace))
        with aws_double.Account("harbour-lake", ["s3:*", "sts:GetCallerIdentity"], clock) as account:
            place.env.update(account.environment())
            assert abs(read_clock(account.endpoint) - time.time()) > 1100, "the double's clock is right"
            assert place.do("--json", "aws", "status").document["arn"].endswith("user/maria")
            told = place.do("--json", "lake", "promote", "--bucket", "harbour-lake").document
            assert told["sent"] == objects == len(account.objects()) > 10, told
            assert place.do("--json", "sync", "--full").document["rows"] == ids
            place.do("--json", "lake", "verify")


if __name__ == "__main__":
    tap.run([(f"works where AWS's clock is at {clock}", lambda clock=clock: works_with(clock)) for clock in ("+20m", "-20m")])
