# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An AWS account on loopback: ministack, which checks signatures and permissions, with one user beside its root."""

import glob
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

import peers
import tls

REQUIREMENTS = ("ministack==1.5.33", "duckdb", "cryptography", "boto3")
REGION = "eu-central-1"

SET_UP = """
import boto3, json, sys
endpoint, policy, bucket = sys.argv[1:]
keys = {"endpoint_url": endpoint, "region_name": "eu-central-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}
iam = boto3.client("iam", **keys)
iam.create_user(UserName="maria")
iam.put_user_policy(UserName="maria", PolicyName="lake", PolicyDocument=policy)
key = iam.create_access_key(UserName="maria")["AccessKey"]
boto3.client("s3", **keys).create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
print(json.dumps([key["AccessKeyId"], key["SecretAccessKey"]]))
"""


class Account:
    """A context manager: the double runs while it lasts, and is stopped by its pid. clock: how far its clock is from ours, "+20m". clock_file: a file that says
    so and may change meanwhile. tls: it speaks https, which rules of buckets can ask for, with a certificate of its own."""

    def __init__(self, bucket, actions, clock=None, tls=False, clock_file=None):
        self.tls, self.clock_file = tls, clock_file
        self.prefix = ["faketime", "-f", clock] if clock else []
        self.python = peers.python(*REQUIREMENTS)
        self.bucket = bucket
        self.policy = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]})
        self.folder = tempfile.mkdtemp(prefix="sobremesa-aws-")

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.endpoint = f"http{'s' if self.tls else ''}://127.0.0.1:{port}"
        environment = {**os.environ, "BIND_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0", "AUTH": "true", "GATEWAY_PORT": str(port),
                       "HOME": self.folder, "TMPDIR": self.folder}
        if self.tls:
            environment.update(self.make_certificate())
        # The double is no part of what is sanitized.
        environment.pop("LD_PRELOAD", None)
        environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        if self.clock_file:
            environment.update(LD_PRELOAD=glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")[0], FAKETIME_TIMESTAMP_FILE=self.clock_file, FAKETIME_NO_CACHE="1")
        self.log = open(os.path.join(self.folder, "log"), "w", encoding="utf-8")
        self.process = subprocess.Popen([*self.prefix, os.path.join(os.path.dirname(self.python), "ministack")], env=environment,
                                        cwd=self.folder, stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.wait(port)
        self.key_id, self.secret = json.loads(self.run(SET_UP, self.endpoint, self.policy, self.bucket))
        return self

    def make_certificate(self):
        """The variables with which the double uses it, and its functions trust it."""
        self.certificate, key = tls.make_certificate(self.folder)
        return {"USE_SSL": "1", "MINISTACK_SSL_CERT": self.certificate, "MINISTACK_SSL_KEY": key, "AWS_CA_BUNDLE": self.certificate,
                "SSL_CERT_FILE": self.certificate}

    def run(self, script, *arguments):
        """What a script prints that has boto3."""
        environment = {**os.environ, **({"AWS_CA_BUNDLE": self.certificate} if self.tls else {})}
        environment.pop("LD_PRELOAD", None)
        done = subprocess.run([*self.prefix, self.python, "-c", script, *arguments], check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, env=environment, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait(self, port):
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            assert self.process.poll() is None, "the double ended"
            time.sleep(0.1)
        raise AssertionError("the double does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, **more):
        """What a program needs to reach it as the user."""
        return {"AWS_ACCESS_KEY_ID": self.key_id, "AWS_SECRET_ACCESS_KEY": self.secret, "AWS_REGION": REGION,
                "AWS_ENDPOINT_URL": self.endpoint, "AWS_CONFIG_FILE": os.path.join(self.folder, "config"),
                "AWS_SHARED_CREDENTIALS_FILE": os.path.join(self.folder, "credentials"),
                **({"AWS_CA_BUNDLE": self.certificate} if self.tls else {}), **more}

    def objects(self, bucket=None):
        """A bucket's objects: key → bytes."""
        script = ("import boto3, json, sys\ns3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='eu-central-1', "
                  "aws_access_key_id='test', aws_secret_access_key='test')\n"
                  "print(json.dumps({o['Key']: s3.get_object(Bucket=sys.argv[2], Key=o['Key'])['Body'].read().hex() "
                  "for p in s3.get_paginator('list_objects_v2').paginate(Bucket=sys.argv[2]) for o in p.get('Contents', [])}))")
        return {key: bytes.fromhex(text) for key, text in json.loads(self.run(script, self.endpoint, bucket or self.bucket)).items()}
