# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets are known words here, and nothing that the program writes, says or hands to another program holds one of them."""

import contextlib
import json
import os
import shutil
import stat
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import fake_athena
import fake_aws
import restaurant
import small_lake
import tap

# The fake's own keys, a role's, and those that a program of the user's gives.
CANARIES = [fake_aws.SECRET, "canary-secret-of-role", "canary-token-of-role", "canary-secret-of-process", "canary-token-of-process"]
PROFILES = f"""[profile night]
region = {fake_aws.REGION}
role_arn = arn:aws:iam::123456789012:role/night
credential_source = Environment
[profile helper]
region = {fake_aws.REGION}
credential_process = FOLDER/keys
"""
HELPER = """#!/bin/sh
echo '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "canary-secret-of-process", "SessionToken": "canary-token-of-process"}'
"""


@contextlib.contextmanager
def place_with_secrets(profile=None):
    with restaurant.Restaurant() as place, fake_aws.FakeAws() as aws:
        place.do("init")
        path = place.path("restaurant", "workspace.json")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        document["aws"] = {"bucket": aws.bucket, **({"profile": profile} if profile else {})}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)
        os.makedirs(place.path("settings"))
        place.env.update(aws.environment(place.path("settings"), G_MESSAGES_DEBUG="all"))
        with open(place.path("settings", "aws-config"), "w", encoding="utf-8") as file:
            file.write(PROFILES.replace("FOLDER", place.path("settings")))
        helper = place.path("settings", "keys")
        with open(helper, "w", encoding="utf-8") as file:
            file.write(HELPER % fake_aws.KEY_ID)
        os.chmod(helper, stat.S_IRWXU)
        fake_athena.FakeAthena(aws)
        small_lake.write_lake(place.workspace, 2, 60)
        yield place, aws


def check(text, where):
    for canary in CANARIES:
        assert canary not in text, f"{where} holds {canary[:20]}…"


def check_files(place):
    """Everything below the test's folder but the settings, which are the user's own."""
    seen = 0
    for folder, folders, names in os.walk(place.folder):
        if "settings" in folders and folder == place.folder:
            folders.remove("settings")
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                check(file.read().decode("latin-1"), os.path.join(folder, name))
            seen += 1
    assert seen > 10


def run(place, *arguments):
    result = place.run(*arguments, timeout=120)
    check(result.out + result.err, arguments)
    return result


def everything_that_asks_aws(place, aws):
    """Works, fails, is refused and is broken."""
    for arguments in (("--json", "aws", "status"), ("aws", "status"), ("lake", "promote", "--bucket", aws.bucket), ("sync",), ("lake", "ls"),
                      ("lake", "verify"), ("query", "--engine", "athena", "--sql", "SELECT 1"), ("query", "--history")):
        assert run(place, *arguments).status == 0, arguments
    for fault in (fake_aws.Fault(status=403, code="SignatureDoesNotMatch"), fake_aws.Fault(status=400, code="ExpiredToken"), fake_aws.Fault(page=True),
                  fake_aws.Fault(status=500, code="InternalError")):
        aws.script = lambda request, n, fault=fault: fault
        for arguments in (("--json", "sync"), ("aws", "status"), ("query", "--engine", "athena", "--sql", "SELECT 2")):
            assert run(place, *arguments).status == 1, arguments
    aws.script = lambda request, n: None
    run(place, "doctor")


def nothing_is_written_or_said():
    for profile in (None, "night", "helper"):
        with place_with_secrets(profile) as (place, aws):
            everything_that_asks_aws(place, aws)
            used = {request.headers.get("x-amz-security-token", "") for request, _ in aws.requests}
            assert profile is None or any("canary-token" in token for token in used), (profile, used)
            check_files(place)


def what_the_service_repeats_is_not_shown():
    """AWS repeats what was signed in the message of a refused signature, the token among it."""
    with place_with_secrets("night") as (place, aws):
        def refuse(request, _):
            if request.operation != "GetCallerIdentity":
                return None
            signed = "POST\n/\n\nx-amz-security-token:" + request.headers.get("x-amz-security-token", "") + "\n"
            return fake_aws.Fault(status=403, code="SignatureDoesNotMatch", message=f"The canonical string should have been '{signed}'")

        aws.script = refuse
        result = run(place, "aws", "status")
        assert result.status == 1 and "SignatureDoesNotMatch" in result.err, result


def no_other_program_is_told():
    """strace shows the arguments and the environment of every program that is started."""
    if shutil.which("strace") is None:
        raise tap.Skip("strace is not there")
    for profile in (None, "helper"):
        with place_with_secrets(profile) as (place, _):
            place.env["ASAN_OPTIONS"] += ":detect_leaks=0"
            for arguments in (("aws", "status"), ("sync",), ("query", "--sql", "SELECT count(*) FROM responses")):
                log = place.path("settings", "trace")
                process = subprocess.run(
                    ["strace", "-f", "-v", "-s", "100000", "-e", "trace=execve,execveat", "-o", log,
                     os.path.join(restaurant.BINDIR, "sobremesa"), *arguments],
                    env=place.env, check=False, capture_output=True, timeout=120)
                assert process.returncode == 0, process.stderr
                with open(log, encoding="latin-1") as file:
                    started = [line for line in file if "execve" in line]
                # The first is the program itself, whom the user gave the keys.
                check("".join(started[1:]), arguments)
                check(started[0].partition("], [")[0], "argv")
                if "query" in arguments or (profile == "helper" and "status" in arguments):
                    assert len(started) > 1, started


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        nothing_is_written_or_said, what_the_service_repeats_is_not_shown, no_other_program_is_told)])
