# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that dies while it holds AWS keys: what the kernel keeps of it has none of them, wherever they came from."""

import glob
import json
import os
import resource
import signal
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import fake_aws  # noqa: E402 its place has just been added

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
CANARIES = [fake_aws.SECRET.encode(), b"canary-secret-of-role", b"canary-token-of-role", b"canary-secret-of-process", b"canary-token-of-process"]
# Each with the operation that it dies in.
WAYS = [("no profile", None, "GetCallerIdentity"), ("a role", "night", "GetCallerIdentity"), ("a role not yet assumed", "night", "AssumeRole"),
        ("a program's", "helper", "GetCallerIdentity")]


def let_it_dump():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)


def start(command, env, folder):
    # pylint: disable-next=subprocess-popen-preexec-fn  # a limit, and nothing else
    return subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=let_it_dump)


def kill(process, folder):
    """What is left of it: the core's bytes, none where this machine writes no core into the folder."""
    process.send_signal(signal.SIGSEGV)
    process.communicate(timeout=60)
    cores = glob.glob(os.path.join(folder, "core*"))
    if not cores:
        return b""
    with open(cores[0], "rb") as file:
        return file.read()


def can_look_into(process):
    try:
        with open(f"/proc/{process.pid}/environ", "rb") as file:
            return bool(file.read())
    except PermissionError:
        return False


def writes_cores(faults):
    """Whether a program that keeps a word has it in its core here: else that there is none proves nothing."""
    folder = faults.folder("control")
    process = start([sys.executable, "-c", "import sys, time; print('holds', file=sys.stderr, flush=True); time.sleep(60)"],
                    {**faults.environment(folder), "WORD": "canary-" + "in-the-open"}, folder)
    process.stderr.readline()
    faults.check(can_look_into(process), "into a program without keys others look")
    return b"canary-in-the-open" in kill(process, folder)


def choose(path, profile):
    """The workspace's profile counts more than keys of the environment."""
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    settings["aws"] = {"profile": profile}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(settings, file)


def run_one(faults, what, profile, operation, dumps):
    folder = faults.folder("keys")
    with fake_aws.FakeAws() as aws:
        env = faults.environment(folder, SOBREMESA_WORKSPACE=f"{folder}/restaurant", **aws.environment(folder))
        if profile == "helper":
            del env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"]
        with open(f"{folder}/aws-config", "w", encoding="utf-8") as file:
            file.write(PROFILES.replace("FOLDER", folder))
        with open(f"{folder}/keys", "w", encoding="utf-8") as file:
            file.write(HELPER % fake_aws.KEY_ID)
        os.chmod(file.name, 0o700)
        status, _, errors = faults.run([faults.program("sobremesa"), "init"], env)
        assert status == 0, errors
        if profile is not None:
            choose(f"{folder}/restaurant/workspace.json", profile)
        arrived = threading.Event()
        tokens = []

        def hold(request, _):
            if request.operation != operation:
                return None
            tokens.append(request.headers.get("x-amz-security-token", ""))
            arrived.set()
            return fake_aws.Fault(stall=60)

        aws.script = hold
        process = start([faults.program("sobremesa"), "aws", "status"], env, folder)
        faults.check(arrived.wait(60) and bool(tokens[0]) == (profile is not None and operation != "AssumeRole"), f"{what}: it asks with those keys")
        faults.check(not can_look_into(process), f"{what}: no other process looks into it")
        core = kill(process, folder)
        faults.check(not core, f"{what}: there is no core" + (", where other programs leave one" if dumps else ""))
        faults.check(not [word for word in CANARIES if word in core], f"{what}: it has no key")


def run(faults):
    dumps = writes_cores(faults)
    if not dumps:
        print("# this machine writes no core into a program's folder: only who may look into the program is tried", flush=True)
    for what, profile, operation in WAYS:
        run_one(faults, what, profile, operation, dumps)
