# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS on loopback as far as the program calls it, with faults on demand. It knows nothing of chance: what goes wrong, a script says.

S3 (lists, whole and ranged objects, conditional writes and deletions, earlier versions), STS (roles, with MFA, and who asks), and what other files add by the names of
X-Amz-Target. It checks whose key a request was signed with, when, and the hash of S3's bodies; that the signature itself is right, aws-signatures proves
and ministack checks.
"""

import base64
import contextlib
import email.utils
import hashlib
import http.server
import json
import os
import re
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
import urllib.parse
import xml.sax.saxutils

REGION = "eu-central-1"
KEY_ID, SECRET = "AKIDFAKE0000000001", "canary-secret-of-the-user/+0123456789abcd"
MAX_SKEW = 900


class Fault:
    """What is done to one request instead of answering it.

    status, code, message   an error as AWS writes it
    cut               the reply ends after so many bytes of its body, and the connection is reset
    mute              with cut: the connection is closed without a reset, and over TLS without a goodbye
    endless           with cut and mute: the reply does not say how long it is, so that its end looks like one
    stall             the reply stops in its middle for so many seconds
    lie               the length that is promised is so much larger (the connection closes) or smaller than what comes
    flip              one bit of the body is another one
    page              a portal's HTML with status 200
    silent            the connection is closed before anything was said
    region            the bucket is said to be in another region
    """

    def __init__(self, status=0, code="", cut=None, lie=0, flip=False, page=False, silent=False, region="", headers=None, message="", mute=False,
                 endless=False, stall=0):
        self.status, self.code, self.cut, self.lie, self.flip = status, code, cut, lie, flip
        self.page, self.silent, self.region, self.headers, self.message = page, silent, region, headers or {}, message
        self.mute, self.endless, self.stall = mute, endless, stall


class Request:
    """What came: operation is "ListObjectsV2", "GetObject", "AssumeRole", …; key is the object's, where there is one."""

    def __init__(self, operation, method, key, query, headers, body):
        self.operation, self.method, self.key, self.query, self.headers, self.body = operation, method, key, query, headers, body


class Refusal(Exception):
    """An error that a service answers with."""

    def __init__(self, status, code, message=""):
        super().__init__(code)
        self.status, self.code, self.message = status, code, message or code


class Object:
    """One version of an object. etag: its MD5, as S3 has it. version: its id."""

    def __init__(self, data, modified, version="null"):
        self.data, self.modified, self.etag, self.version = data, modified, hashlib.md5(data).hexdigest(), version


class FakeAws:
    """A context manager. script(request, n) is asked of each request for a Fault; n counts the requests of that operation, from 1.

    objects   key → Object of the one bucket that there is
    versioned whether the bucket keeps what objects were; earlier: key → Objects that they were, the newest first
    requests  all that came, with what became of it: (Request, status)
    keys      access key id → when it runs out, seconds of the fake's clock; None for never
    offset    how far the fake's clock is from ours, seconds
    """

    def __init__(self, bucket="harbour-lake", tls=False):
        self.bucket, self.tls = bucket, tls
        self.folder = tempfile.mkdtemp(prefix="sobremesa-fake-")
        self.connections = set()
        self.objects, self.requests, self.targets = {}, [], {}
        self.versioned, self.earlier, self.made = False, {}, 0
        self.keys = {KEY_ID: None}
        self.offset, self.key_seconds, self.mfa_code = 0, 3600, "123456"
        self.script = lambda request, n: None
        self.lock = threading.Lock()
        self.counts = {}

    def __enter__(self):
        fake = self

        class Handler(FakeHandler):
            """Of this fake."""

            aws = fake

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.endpoint = f"http{'s' if self.tls else ''}://127.0.0.1:{self.server.server_port}"
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.make_certificate())
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_certificate(self):
        """(certificate, key): files of one that is good for this computer."""
        files = [os.path.join(self.folder, name) for name in ("certificate.pem", "key.pem")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", files[1],
                        "-out", files[0], "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        return files

    def drop_connections(self):
        """All that are open are gone, as after a long sleep or a move to another network."""
        with self.lock:
            dropped, self.connections = self.connections, set()
        for connection in dropped:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def now(self):
        return time.time() + self.offset

    def put(self, key, data, modified=None):
        with self.lock:
            self.replace(key, data, modified or self.now())

    def replace(self, key, data, modified):
        """With the lock held. data: None to remove it."""
        before = self.objects.pop(key, None)
        self.made += 1
        if before is not None and self.versioned:
            self.earlier.setdefault(key, []).insert(0, before)
        if data is not None:
            self.objects[key] = Object(data, modified, f"v{self.made}" if self.versioned else "null")

    def count(self, operation=None):
        with self.lock:
            return sum(1 for request, _ in self.requests if operation in (None, request.operation))

    def forget_requests(self):
        with self.lock:
            self.requests.clear()
            self.counts.clear()

    def environment(self, folder, **more):
        """What a program needs to reach it as the user; settings are read from files in FOLDER."""
        return {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": REGION, "AWS_ENDPOINT_URL": self.endpoint,
                "AWS_CONFIG_FILE": f"{folder}/aws-config", "AWS_SHARED_CREDENTIALS_FILE": f"{folder}/aws-credentials",
                **({"AWS_CA_BUNDLE": os.path.join(self.folder, "certificate.pem")} if self.tls else {}), **more}

    # What is the same for all services.

    def check_signature(self, request):
        found = re.match(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/[a-z0-9-]+/[a-z0-9]+/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$",
                         request.headers.get("authorization", ""))
        if not found:
            raise Refusal(403, "MissingAuthenticationToken")
        stamp = request.headers.get("x-amz-date", "")
        if abs(time.mktime(time.strptime(stamp + "UTC", "%Y%m%dT%H%M%SZ%Z")) - time.timezone - self.now()) > MAX_SKEW:
            raise Refusal(403, "RequestTimeTooSkewed" if request.operation in S3_OPERATIONS else "InvalidSignatureException", "Signature expired")
        if found[1] not in self.keys:
            raise Refusal(403, "InvalidAccessKeyId" if request.operation in S3_OPERATIONS else "InvalidClientTokenId")
        if self.keys[found[1]] is not None and self.keys[found[1]] < self.now():
            raise Refusal(400 if request.operation in S3_OPERATIONS else 403, "ExpiredToken")
        told = request.headers.get("x-amz-content-sha256")
        if request.operation in S3_OPERATIONS and told != hashlib.sha256(request.body).hexdigest():
            raise Refusal(400, "XAmzContentSHA256Mismatch")

    def answer(self, request):
        """(status, headers, body)"""
        self.check_signature(request)
        if request.operation in S3_OPERATIONS:
            return S3_OPERATIONS[request.operation](self, request)
        if request.operation in self.targets:
            return 200, {"content-type": "application/x-amz-json-1.1"}, json.dumps(self.targets[request.operation](json.loads(request.body))).encode()
        if request.operation == "AssumeRole":
            return self.assume_role(dict(urllib.parse.parse_qsl(request.body.decode())))
        if request.operation == "GetCallerIdentity":
            return 200, {}, (b"<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/maria</Arn>"
                             b"<UserId>AIDAFAKE</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>")
        raise Refusal(400, "UnknownOperationException")

    # STS.

    def assume_role(self, asked):
        if "SerialNumber" in asked and asked.get("TokenCode") != self.mfa_code:
            raise Refusal(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.")
        with self.lock:
            number = len(self.keys)
            key_id = f"ASIAFAKE{number:010d}"
            self.keys[key_id] = self.now() + self.key_seconds
        until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.keys[key_id]))
        return 200, {}, ("<AssumeRoleResponse><AssumeRoleResult><Credentials>"
                         f"<AccessKeyId>{key_id}</AccessKeyId><SecretAccessKey>canary-secret-of-role-{number}</SecretAccessKey>"
                         f"<SessionToken>canary-token-of-role-{number}</SessionToken><Expiration>{until}</Expiration>"
                         "</Credentials></AssumeRoleResult></AssumeRoleResponse>").encode()

    # S3.

    def list_objects(self, request):
        prefix, after = request.query.get("prefix", ""), request.query.get("start-after", "")
        size = int(request.query.get("max-keys", "1000"))
        with self.lock:
            keys = sorted(key for key in self.objects if key.startswith(prefix) and key > after)
            page = [(key, self.objects[key]) for key in keys[:size]]
        contents = "".join(f"<Contents><Key>{xml.sax.saxutils.escape(key)}</Key><LastModified>{iso_time(kept.modified)}</LastModified>"
                           f"<ETag>&quot;{kept.etag}&quot;</ETag><Size>{len(kept.data)}</Size></Contents>" for key, kept in page)
        return 200, {"content-type": "application/xml"}, (f"<ListBucketResult><IsTruncated>{str(len(keys) > size).lower()}</IsTruncated>"
                                                          f"{contents}</ListBucketResult>").encode()

    def find(self, request):
        with self.lock:
            kept = self.objects.get(request.key)
        if kept is None:
            raise Refusal(404, "NoSuchKey")
        wanted = request.headers.get("if-match")
        if wanted is not None and wanted != f'"{kept.etag}"':
            raise Refusal(412, "PreconditionFailed")
        return kept

    def get_object(self, request):
        kept = self.find(request)
        headers = {"etag": f'"{kept.etag}"', "x-amz-checksum-sha256": base64.b64encode(hashlib.sha256(kept.data).digest()).decode()}
        found = re.match(r"bytes=(\d+)-(\d*)$", request.headers.get("range", ""))
        if not found:
            return 200, headers, kept.data
        first, last = int(found[1]), min(int(found[2] or len(kept.data)), len(kept.data) - 1)
        if first > last:
            raise Refusal(416, "InvalidRange")
        del headers["x-amz-checksum-sha256"]
        headers["content-range"] = f"bytes {first}-{last}/{len(kept.data)}"
        return 206, headers, kept.data[first:last + 1]

    def put_object(self, request):
        told = request.headers.get("x-amz-checksum-sha256")
        if told is not None and told != base64.b64encode(hashlib.sha256(request.body).digest()).decode():
            raise Refusal(400, "BadDigest")
        with self.lock:
            kept = self.objects.get(request.key)
            if request.headers.get("if-none-match") == "*" and kept is not None:
                raise Refusal(412, "PreconditionFailed")
            if "if-match" in request.headers and (kept is None or request.headers["if-match"] != f'"{kept.etag}"'):
                raise Refusal(412, "PreconditionFailed")
            self.replace(request.key, request.body, self.now())
            return 200, {"etag": f'"{self.objects[request.key].etag}"'}, b""

    def delete_object(self, request):
        self.find(request) if "if-match" in request.headers else None
        with self.lock:
            self.replace(request.key, None, self.now())
        return 204, {}, b""

    def list_versions(self, request):
        """Whoever was removed has a marker in front."""
        prefix, after = request.query.get("prefix", ""), (request.query.get("key-marker", ""), request.query.get("version-id-marker", ""))
        size = int(request.query.get("max-keys", "1000"))
        with self.lock:
            entries = []
            for key in sorted(key for key in {*self.objects, *self.earlier} if key.startswith(prefix)):
                now = self.objects.get(key)
                entries += [(key, "Version", now.version, True, len(now.data))] if now else [(key, "DeleteMarker", f"gone-{key}", True, 0)]
                entries += [(key, "Version", kept.version, False, len(kept.data)) for kept in self.earlier.get(key, [])]
        if after[0]:
            entries = entries[next(i for i, entry in enumerate(entries) if (entry[0], entry[2]) == after) + 1:]
        body = "".join(f"<{kind}><Key>{xml.sax.saxutils.escape(key)}</Key><VersionId>{version}</VersionId><IsLatest>{str(latest).lower()}</IsLatest>"
                       + (f"<Size>{length}</Size>" if kind == "Version" else "") + f"</{kind}>" for key, kind, version, latest, length in entries[:size])
        return 200, {"content-type": "application/xml"}, (f"<ListVersionsResult><IsTruncated>{str(len(entries) > size).lower()}</IsTruncated>"
                                                          f"{body}</ListVersionsResult>").encode()

    def get_version(self, request):
        with self.lock:
            kept = [one for one in [self.objects.get(request.key), *self.earlier.get(request.key, [])] if one and one.version == request.query["versionId"]]
        if not kept:
            raise Refusal(404, "NoSuchVersion")
        return 200, {"etag": f'"{kept[0].etag}"'}, kept[0].data

    def delete_versions(self, request):
        told = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
        if request.headers.get("x-amz-checksum-sha256") != told:
            raise Refusal(400, "BadDigest")
        with self.lock:
            for key, version in re.findall("<Object><Key>([^<]*)</Key><VersionId>([^<]*)</VersionId></Object>", request.body.decode()):
                key = xml.sax.saxutils.unescape(key)
                self.earlier[key] = [kept for kept in self.earlier.get(key, []) if kept.version != version]
                if key in self.objects and self.objects[key].version == version:
                    del self.objects[key]
        return 200, {"content-type": "application/xml"}, b"<DeleteResult></DeleteResult>"


S3_OPERATIONS = {"ListObjectsV2": FakeAws.list_objects, "GetObject": FakeAws.get_object, "PutObject": FakeAws.put_object,
                 "DeleteObject": FakeAws.delete_object, "ListObjectVersions": FakeAws.list_versions, "GetObjectVersion": FakeAws.get_version,
                 "DeleteObjects": FakeAws.delete_versions}


def iso_time(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(seconds))


def write_error(request, refusal):
    """(headers, body) in the words of the service that was asked."""
    if request.operation in S3_OPERATIONS:
        return {"content-type": "application/xml"}, f"<Error><Code>{refusal.code}</Code><Message>{refusal.message}</Message></Error>".encode()
    if "x-amz-target" in request.headers:
        return {"content-type": "application/x-amz-json-1.1"}, json.dumps({"__type": refusal.code, "message": refusal.message}).encode()
    return {"content-type": "text/xml"}, (f"<ErrorResponse><Error><Type>Sender</Type><Code>{refusal.code}</Code>"
                                          f"<Message>{refusal.message}</Message></Error></ErrorResponse>").encode()


class FakeHandler(http.server.BaseHTTPRequestHandler):
    """One request after the other of a connection."""

    protocol_version = "HTTP/1.1"
    aws = None

    def read_request(self):
        parts = urllib.parse.urlsplit(self.requestline.split(" ")[1])
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        key = urllib.parse.unquote(parts.path).removeprefix(f"/{self.aws.bucket}").removeprefix("/")
        if "x-amz-target" in headers:
            operation = headers["x-amz-target"].rpartition(".")[2]
        elif body.startswith(b"Action="):
            operation = dict(urllib.parse.parse_qsl(body.decode()))["Action"]
        elif self.command == "GET" and "list-type" in query:
            operation = "ListObjectsV2"
        elif self.command == "GET" and ("versions" in query or "versionId" in query):
            operation = "ListObjectVersions" if "versions" in query else "GetObjectVersion"
        elif self.command == "POST" and "delete" in query:
            operation = "DeleteObjects"
        else:
            operation = {"GET": "GetObject", "PUT": "PutObject", "DELETE": "DeleteObject"}.get(self.command, self.command)
        return Request(operation, self.command, key, query, headers, body)

    def handle_any(self):
        request = self.read_request()
        with self.aws.lock:
            number = self.aws.counts[request.operation] = self.aws.counts.get(request.operation, 0) + 1
        fault = self.aws.script(request, number) or Fault()
        if fault.page:
            status, headers, body = 200, {"content-type": "text/html"}, b"<!DOCTYPE html><html><title>Welcome to our Wi-Fi</title></html>"
        else:
            try:
                if fault.status:
                    raise Refusal(fault.status, fault.code, fault.message)
                status, headers, body = self.aws.answer(request)
            except Refusal as refusal:
                status = refusal.status
                headers, body = write_error(request, refusal)
        if fault.region:
            headers["x-amz-bucket-region"] = fault.region
        headers.update(fault.headers)
        with self.aws.lock:
            self.aws.requests.append((request, status))
        self.reply(status, headers, body, fault)

    def reply(self, status, headers, body, fault):
        if fault.silent:
            self.reset()
            return
        if fault.flip and body:
            body = body[:len(body) // 2] + bytes([body[len(body) // 2] ^ 0x10]) + body[len(body) // 2 + 1:]
        self.send_response_only(status)
        self.send_header("date", email.utils.formatdate(self.aws.now(), usegmt=True))
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204 and not fault.endless:
            self.send_header("content-length", str(max(len(body) + fault.lie, 0)))
        self.end_headers()
        if fault.stall:
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            time.sleep(fault.stall)
            body = body[len(body) // 2:]
        self.wfile.write(body if fault.cut is None else body[:fault.cut])
        if fault.lie or fault.mute:
            self.close_connection = True
        if fault.cut is not None and not fault.mute:
            self.reset()

    def reset(self):
        """Without a goodbye: the peer sees a reset, not an end."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def setup(self):
        super().setup()
        with self.aws.lock:
            self.aws.connections.add(self.connection)

    def finish(self):
        with self.aws.lock:
            self.aws.connections.discard(self.connection)
        super().finish()

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (ConnectionError, OSError, ValueError):
            self.close_connection = True

    do_GET = do_PUT = do_POST = do_DELETE = handle_any

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass
