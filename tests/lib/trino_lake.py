# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lake in a bucket with the tables that the stack's template declares over it, in front of a Trino that Athena's calls are answered by."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

import fake_aws
import peers
import stack_template
import trino
import trino_athena

MOTO = "moto[glue,s3,server]==5.2.5"
DATABASE = "sobremesa"
ACCOUNT = "123456789012"
PLACE = f"<CreateBucketConfiguration><LocationConstraint>{fake_aws.REGION}</LocationConstraint></CreateBucketConfiguration>"

VERSIONING = '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>'


class Moto:
    """S3 and Glue on loopback, which take any signature; a context manager that ends them by their pid."""

    def __enter__(self):
        python = peers.python(MOTO)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{port}"
        self.folder = tempfile.mkdtemp(prefix="sobremesa-moto-")
        environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD" and not name.startswith("AWS_")}
        self.log = open(os.path.join(self.folder, "log"), "w", encoding="utf-8")
        self.process = subprocess.Popen([os.path.join(os.path.dirname(python), "moto_server"), "-H", "127.0.0.1", "-p", str(port)], cwd=self.folder,
                                        env={**environment, "HOME": self.folder}, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return self
            assert self.process.poll() is None, "moto ended"
            time.sleep(0.1)
        raise AssertionError("moto does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, service, method, path="", body=None, headers=None):
        """The service is told by the scope of the signature."""
        scope = f"AWS4-HMAC-SHA256 Credential=test/20260101/{fake_aws.REGION}/{service}/aws4_request, SignedHeaders=host, Signature=0"
        request = urllib.request.Request(f"{self.endpoint}/{path}", body, {"Authorization": scope, "Content-Type": "application/octet-stream", **(headers or {})}, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.read()

    def glue(self, operation, asked):
        headers = {"X-Amz-Target": f"AWSGlue.{operation}", "Content-Type": "application/x-amz-json-1.1"}
        self.call("glue", "POST", body=json.dumps(asked).encode(), headers=headers)

    def keys(self, bucket, prefix):
        """Of objects; a thousand at most."""
        return re.findall("<Key>([^<]*)</Key>", self.call("s3", "GET", f"{bucket}?list-type=2&prefix={prefix}").decode())

    def versions(self, bucket):
        """(key, id of the version) of every version of every object that a bucket has."""
        found, after = [], ""
        while True:
            page = self.call("s3", "GET", f"{bucket}?versions&max-keys=1000{after}").decode()
            found += re.findall(r"<Version>.*?<Key>([^<]*)</Key>\s*<VersionId>([^<]*)</VersionId>", page, re.DOTALL)
            if "<IsTruncated>true</IsTruncated>" not in page:
                return found
            key, version = (re.search(f"<Next{name}>([^<]*)</Next{name}>", page)[1] for name in ("KeyMarker", "VersionIdMarker"))
            after = f"&key-marker={urllib.parse.quote(key)}&version-id-marker={version}"

    def get(self, path):
        return self.call("s3", "GET", path)

    def remove(self, path):
        self.call("s3", "DELETE", path)


def make_tables(moto, bucket, last_day):
    """What the lake's template makes in Glue, with its own names, types, formats and projection, which ends with the lake instead of tomorrow: each day of it is listed."""
    known = {"AWS::AccountId": ACCOUNT, "Catalogue": DATABASE, "Made": True, "LakeBucket": bucket}
    moto.glue("CreateDatabase", {"DatabaseInput": {"Name": DATABASE}})
    tables = [resource["Properties"] for resource in stack_template.load("lake")["Resources"].values() if resource["Type"] == "AWS::Glue::Table"]
    assert len(tables) == 6, tables
    for table in tables:
        made = stack_template.resolve(table["TableInput"], known)
        first, _, last = made["Parameters"]["projection.dt.range"].partition(",")
        assert last == "NOW+1DAY", last
        made["Parameters"]["projection.dt.range"] = f"{first},{last_day}"
        moto.glue("CreateTable", {"DatabaseName": DATABASE, "TableInput": made})


class Lake:
    """A context manager with everything: moto, Trino and Athena, which PLACE, a workspace, is pointed at. LAST_DAY: after which nothing arrives, "2025-11-14"."""

    def __init__(self, place, last_day, cached=False):
        self.place, self.last_day, self.cached, self.running = place, last_day, cached, []

    def begin(self, thing):
        self.running.append(thing)
        return thing.__enter__()

    def __enter__(self):
        try:
            self.moto = self.begin(Moto())
            self.moto.call("s3", "PUT", trino_athena.BUCKET, PLACE.encode())
            # As the lake's template has it.
            self.moto.call("s3", "PUT", f"{trino_athena.BUCKET}?versioning", VERSIONING.encode())
            make_tables(self.moto, trino_athena.BUCKET, self.last_day)
            self.trino = self.begin(trino.Trino(self.moto.endpoint, fake_aws.REGION, self.cached))
            self.aws = self.begin(trino_athena.SignedAws(trino_athena.BUCKET))
            self.athena = trino_athena.TrinoAthena(self.aws, self.trino, self.moto.endpoint)
            self.place.env.update(self.aws.environment(self.place.folder, AWS_ENDPOINT_URL=self.moto.endpoint, AWS_ENDPOINT_URL_ATHENA=self.aws.endpoint))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        while self.running:
            self.running.pop().__exit__(None, None, None)
