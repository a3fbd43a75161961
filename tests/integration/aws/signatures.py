# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program signs is what botocore signs: of requests of chance, and of what really goes over the wire."""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import peers
import tap

SEED = 20261129
ROUNDS = 10


def compare(n, seed):
    python = peers.python(*aws_double.REQUIREMENTS)
    peer = os.path.join(os.path.dirname(os.path.abspath(__file__)), "botocore_signatures.py")
    done = subprocess.run([python, peer, sys.argv[1], n, str(seed)], check=True, stdout=subprocess.PIPE, text=True, timeout=300)
    told = json.loads(done.stdout)
    assert not told["differ"], (seed, told["differ"])
    return told["signed"]


def hundred_thousand_requests():
    assert sum(compare("10000", SEED + number) for number in range(ROUNDS)) == 100000


def on_the_wire():
    assert compare("wire", SEED) == 1000


if __name__ == "__main__":
    tap.run([("100,000 requests of chance are signed as botocore signs them", hundred_thousand_requests),
             ("1,000 requests are signed over what is on the wire", on_the_wire)])
