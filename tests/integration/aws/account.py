# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an AWS says that checks signatures, clocks and permissions: the right message reaches the user, and no more is asked than helps.

A guest's keys and Firehose are in stack.py, figures and alarms in health.py, Athena in athena_double.py."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import counting_proxy
import restaurant
import small_lake
import tap

BUCKET = "harbour-lake"
DATASETS = 3

CLIENT = """
import boto3, json, sys
keys = {"endpoint_url": sys.argv[1], "region_name": "eu-central-1", "aws_access_key_id": sys.argv[2], "aws_secret_access_key": sys.argv[3]}
"""
MAKE_ROLE = CLIENT + """
user = boto3.client("sts", **{**keys, "aws_access_key_id": sys.argv[4], "aws_secret_access_key": sys.argv[5]}).get_caller_identity()["Arn"]
trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": user}, "Action": "sts:AssumeRole"}]}
right = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": "*"}]}
iam = boto3.client("iam", **keys)
print(json.dumps(iam.create_role(RoleName="night", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]))
iam.put_role_policy(RoleName="night", PolicyName="lake", PolicyDocument=json.dumps(right))
"""
ASSUME = CLIENT + """
got = boto3.client("sts", **keys).assume_role(RoleArn=sys.argv[4], RoleSessionName="night", DurationSeconds=900)["Credentials"]
print(json.dumps([got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"]]))
"""


class Place:
    """A workspace whose lake has been brought to the account's bucket, and what counts its requests from then on."""

    def __init__(self, actions=("s3:*", "sts:*"), **more):
        self.place = restaurant.Restaurant()
        self.account = aws_double.Account(BUCKET, list(actions), **more)

    def __enter__(self):
        self.account.__enter__()
        self.proxy = counting_proxy.Proxy(int(self.account.endpoint.rsplit(":", 1)[1])).__enter__()
        self.place.env.update(self.account.environment(AWS_ENDPOINT_URL=self.proxy.endpoint))
        self.place.do("init")
        small_lake.write_lake(self.place.workspace, 5, 200)
        return self

    def __exit__(self, *_):
        self.proxy.__exit__()
        self.account.__exit__()
        self.place.__exit__()

    def promote(self):
        self.objects = self.place.do("--json", "lake", "promote", "--bucket", BUCKET, timeout=180).document["objects"]
        self.proxy.take()

    def ask(self, script, *arguments):
        return json.loads(self.account.run(script, self.account.endpoint, *arguments))

    def refused(self, *arguments, code):
        """The requests of a command that has to fail with the service's code in its message."""
        result = self.place.run(*arguments)
        assert result.status == 1 and code in result.err, result
        return self.proxy.take()


def it_lists_gets_and_puts():
    with Place() as here:
        here.promote()
        assert here.place.do("--json", "sync", "--full", timeout=180).document["objects"] == here.objects
        # A list for each data set, and each object once.
        asked = here.proxy.take()
        assert len(asked) == DATASETS + here.objects and all(line.startswith("GET ") for line in asked), asked
        here.place.do("sync")
        assert len(here.proxy.take()) == DATASETS
        here.place.do("--json", "aws", "status")
        assert len(here.proxy.take()) == 1


def a_wrong_secret_is_said_at_once():
    with Place() as here:
        here.promote()
        here.place.env["AWS_SECRET_ACCESS_KEY"] = "wrong" * 8
        assert len(here.refused("aws", "status", code="SignatureDoesNotMatch")) == 1
        assert len(here.refused("sync", code="SignatureDoesNotMatch")) <= DATASETS
        here.place.env["AWS_ACCESS_KEY_ID"] = "AKIAUNKNOWN000000001"
        assert len(here.refused("sync", code="InvalidAccessKeyId")) <= DATASETS


def what_is_not_allowed_is_said_at_once():
    with Place(("s3:ListBucket", "sts:GetCallerIdentity")) as here:
        here.refused("lake", "promote", "--bucket", BUCKET, code="AccessDenied")
        stored = here.account.objects()
        assert stored == {}, stored


def a_role_is_taken_once():
    """A role that may only read; its keys serve all of a command's requests."""
    with Place() as here:
        here.promote()
        arn = here.ask(MAKE_ROLE, "test", "test", here.account.key_id, here.account.secret)
        with open(here.place.env["AWS_CONFIG_FILE"], "w", encoding="utf-8") as file:
            file.write(f"[profile night]\nregion = {aws_double.REGION}\nrole_arn = {arn}\ncredential_source = Environment\n")
        path = here.place.path("restaurant", "workspace.json")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        document["aws"]["profile"] = "night"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)
        assert "assumed-role/night" in here.place.do("--json", "aws", "status").document["arn"]
        here.proxy.take()
        assert here.place.do("--json", "sync", "--full", timeout=180).document["objects"] == here.objects
        asked = here.proxy.take()
        assert len(asked) == 1 + DATASETS + here.objects and sum(line.startswith("POST ") for line in asked) == 1, asked
        # What the role may not do is refused, not done with the user's own keys.
        with open(os.path.join(here.place.workspace, "lake", "raw", "responses", "dt=2026-01-01", "new.json"), "w", encoding="utf-8") as file:
            file.write("\n")
        here.refused("sync", code="AccessDenied")


def keys_that_ran_out_are_said():
    """Keys for a quarter of an hour that the user put into the environment. To the service they are old and the clock is wrong: the clock is mended once, and as
    nobody can renew the keys they are not sent again."""
    clock = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"sobremesa-clock-{os.getpid()}")
    with open(clock, "w", encoding="ascii") as file:
        file.write("+0")
    try:
        with Place(clock_file=clock) as here:
            here.promote()
            arn = here.ask(MAKE_ROLE, "test", "test", here.account.key_id, here.account.secret)
            names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
            here.place.env.update(zip(names, here.ask(ASSUME, here.account.key_id, here.account.secret, arn)))
            here.place.do("aws", "status")
            with open(clock, "w", encoding="ascii") as file:
                file.write("+20m")
            here.proxy.take()
            asked = here.refused("aws", "status", code="ExpiredToken")
            assert len(asked) == 2, asked
            asked = here.refused("sync", code="ExpiredToken")
            assert len(asked) <= 2 * DATASETS, asked
    finally:
        os.unlink(clock)


def a_wrong_clock_costs_one_request():
    """Of each service, once a command: those that were under way together are asked again together."""
    for clock in ("+20m", "-20m"):
        with Place(clock=clock) as here:
            here.promote()
            here.place.do("aws", "status")
            asked = here.proxy.take()
            assert len(asked) == 2, (clock, asked)
            assert here.place.do("--json", "sync", "--full", timeout=180).document["objects"] == here.objects
            asked = here.proxy.take()
            assert DATASETS + here.objects < len(asked) <= 2 * DATASETS + here.objects, (clock, asked)


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        it_lists_gets_and_puts, a_wrong_secret_is_said_at_once, what_is_not_allowed_is_said_at_once, a_role_is_taken_once, keys_that_ran_out_are_said,
        a_wrong_clock_costs_one_request)])
