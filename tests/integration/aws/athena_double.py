# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queries on an Athena that runs them, checks signatures and asks for permissions. It puts results elsewhere than it says and takes no parameters, so what
comes back is tested beside this, on an Athena whose every answer is scripted."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import restaurant
import tap

ACTIONS = ["s3:*", "athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution", "athena:GetQueryResults"]
RUN = ("--json", "query", "--engine", "athena")
MAKE_WORKGROUP = """
import boto3, sys
keys = {"endpoint_url": sys.argv[1], "region_name": "eu-central-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}
boto3.client("athena", **keys).create_work_group(Name="sobremesa", Configuration={
    "EnforceWorkGroupConfiguration": True, "ResultConfiguration": {"OutputLocation": f"s3://{sys.argv[2]}/results/"}})
"""


def with_account(actions, function):
    with restaurant.Restaurant() as place, aws_double.Account("harbour-lake", actions) as account:
        place.do("init")
        place.env.update(account.environment())
        subprocess.run([account.python, "-c", MAKE_WORKGROUP, account.endpoint, "harbour-lake"], check=True, timeout=120)
        function(place)


def runs_and_failures(place):
    place.run(*RUN, "--sql", "SELECT 1 AS n")
    result = place.run(*RUN, "--sql", "SELECT no_such_column FROM no_such_table")
    assert result.status == 1 and "athena answered FAILED" in result.err and "no_such_table" in result.err, result
    right = place.env["AWS_SECRET_ACCESS_KEY"]
    place.env["AWS_SECRET_ACCESS_KEY"] = "wrong"
    result = place.run(*RUN, "--sql", "SELECT 1")
    assert result.status == 1 and "ignature" in result.err and right not in result.err, result
    runs = place.do("--json", "query", "--history").document["runs"]
    assert [run["state"] for run in runs] == ["succeeded", "failed"], runs


def refusal(place):
    result = place.run(*RUN, "--sql", "SELECT 1")
    assert result.status == 1 and "AccessDenied" in result.err and "StartQueryExecution" in result.err, result
    assert place.do("--json", "query", "--history").document["runs"] == []


if __name__ == "__main__":
    tap.run([("queries run, fail and are written down", lambda: with_account(ACTIONS, runs_and_failures)),
             ("without the permission that is said", lambda: with_account(["s3:*"], refusal))])
