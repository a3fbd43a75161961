# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AWS that a guest's browser meets, on loopback: a site over https, Cognito and Firehose under their own names, which check signatures (Signature Version 4), and an API. Its
clock may be another's, and the next replies can be scripted."""

import base64
import calendar
import ctypes
import email.utils
import hashlib
import hmac
import http.server
import json
import os
import re
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.request

import tls

REGION = "eu-central-1"
SECRET = "guest-secret"
OFFERS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Date, x-amzn-ErrorType",
          "Access-Control-Allow-Headers": "authorization,content-type,x-amz-date,x-amz-security-token,x-amz-target", "Access-Control-Allow-Methods": "POST"}


def pack(body):
    """As CloudFront packs for a browser that takes it: Brotli. Its level is not known; 5 is a moderate one."""
    library = ctypes.CDLL("libbrotlienc.so.1")
    size = ctypes.c_size_t(len(body) + 1024)
    packed = ctypes.create_string_buffer(size.value)
    assert library.BrotliEncoderCompress(5, 22, 0, ctypes.c_size_t(len(body)), body, ctypes.byref(size), packed) == 1
    return packed.raw[:size.value]


class Cloud:
    """A context manager. pages: path → (type, bytes), with `policy` as their Content-Security-Policy. script: what the next records meet: a code such as
    "ThrottlingException", or "reset". taken: (stream or path, text) of what was stored; calls: the operations of every request."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sobremesa-cloud-")
        self.pages, self.policy, self.script, self.taken, self.calls = {}, "", [], [], []
        self.ahead, self.tokens, self.lock = 0, set(), threading.Lock()

    def __enter__(self):
        files = tls.make_certificate(self.folder)
        cloud = self

        class Handler(Answers):
            """The handler of this cloud."""

            def __init__(self, *arguments):
                self.cloud = cloud
                super().__init__(*arguments)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.server.handle_error = lambda *_: None
        self.base = f"https://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        subprocess.run(["rm", "-rf", "--", self.folder], check=True)

    def flags(self):
        """What a browser has to be started with to find AWS here."""
        port = self.server.server_address[1]
        return [f"--host-resolver-rules=MAP *.amazonaws.com:443 127.0.0.1:{port}", "--ignore-certificate-errors"]

    def now(self):
        return time.time() + self.ahead

    def take_page(self, path, base, url, script, collector):
        """Serves at @path the page that an intake at @base serves at @url, with another script of the site and what it has to know."""
        page = urllib.request.urlopen(url, timeout=20).read().decode()
        for name in set(re.findall(r"/assets/[a-z0-9.-]+", page)):
            reply = urllib.request.urlopen(base + name, timeout=20)
            self.pages[name] = (reply.headers["Content-Type"], reply.read())
        name = "/assets/" + os.path.basename(script).replace(".js", ".12345678.js")
        with open(script, "rb") as file:
            self.pages[name] = ("text/javascript", file.read())
        changed = re.sub(r"/assets/form\.[0-9a-f]{8}\.js", name, page)
        changed = re.sub(r'(<script[^>]*id="data"[^>]*>\s*\{)', lambda match: match.group(1) + f'"collector":{json.dumps(collector)},', changed)
        assert '"collector"' in changed and name in changed, "the page has neither script nor data"
        self.pages[path] = ("text/html; charset=utf-8", changed.encode())

    def take_menu(self, base):
        """Serves the menu that the intake at @base serves, as the site's bucket has it."""
        names = ["current.json", *json.load(urllib.request.urlopen(f"{base}/menu/current.json", timeout=20))["files"].values()]
        for name in names:
            reply = urllib.request.urlopen(f"{base}/menu/{name}", timeout=20)
            self.pages[f"/menu/{name}"] = (reply.headers["Content-Type"], reply.read())

    def forget(self):
        """Before the next case."""
        with self.lock:
            self.script, self.taken, self.calls, self.ahead, self.tokens = [], [], [], 0, set()


def sign(date, region, service, text):
    key = ("AWS4" + SECRET).encode()
    for part in (date[:8], region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class Answers(http.server.BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(self.cloud.now(), usegmt=True)

    def reply(self, status, body, kind="application/x-amz-json-1.1", headers=None):
        self.send_response(status)
        for name, value in {**(OFFERS if headers is None else headers), "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, status, document):
        self.reply(status, json.dumps(document).encode())

    def do_OPTIONS(self):  # pylint: disable=invalid-name # the base class's name
        self.reply(200, b"")

    def do_GET(self):  # pylint: disable=invalid-name
        kind, body = self.cloud.pages.get(self.path.split("?")[0], (None, b""))
        if kind is None:
            self.reply(404, b"", "text/html", {})
            return
        self.reply(200, pack(body), kind, {"Content-Encoding": "br", "Content-Security-Policy": self.cloud.policy, "Referrer-Policy": "no-referrer",
                                           "X-Content-Type-Options": "nosniff", "Strict-Transport-Security": "max-age=63072000"})

    def check_signature(self, body):
        """The code of what is wrong with it, or None."""
        given = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})",
                             self.headers.get("authorization", ""))
        if given is None or given.group(5).split(";") != ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"]:
            return "IncompleteSignatureException"
        if self.headers["x-amz-security-token"] not in self.cloud.tokens:
            return "ExpiredTokenException"
        date = self.headers["x-amz-date"]
        when = time.strptime(date, "%Y%m%dT%H%M%SZ")
        if abs(calendar.timegm(when) - self.cloud.now()) > 300:
            return "InvalidSignatureException"
        names = given.group(5).split(";")
        request = "\n".join(["POST", "/", "", *[f"{name}:{self.headers[name]}" for name in names], "", ";".join(names), hashlib.sha256(body).hexdigest()])
        scope = "/".join((given.group(2), REGION, "firehose", "aws4_request"))
        text = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(request.encode()).hexdigest()])
        return None if sign(date, REGION, "firehose", text) == given.group(6) and given.group(3) == REGION else "InvalidSignatureException"

    def meet(self):
        """What the script has for this record; None where it is taken."""
        return self.cloud.script.pop(0) if self.cloud.script else None

    def do_POST(self):  # pylint: disable=invalid-name
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.cloud.lock:
            if self.path.startswith("/v1/"):
                self.take_by_api(body)
            else:
                self.take_by_target(self.headers.get("x-amz-target", ""), body)

    def take_by_api(self, body):
        self.cloud.calls.append(self.path)
        fault = self.meet()
        if fault == "reset":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault is not None:
            self.say(int(fault), {"error": {"code": "X"}})
        elif self.headers["Content-Type"] != "text/plain":
            self.say(415, {"error": {"code": "UNSUPPORTED_MEDIA_TYPE"}})
        else:
            self.cloud.taken.append((self.path, body.decode()))
            self.say(200, {"stored": True})

    def take_by_target(self, target, body):
        operation = target.split(".")[-1]
        self.cloud.calls.append(operation)
        said = json.loads(body)
        if operation == "GetId":
            self.say(200, {"IdentityId": f"{REGION}:one"})
        elif operation == "GetCredentialsForIdentity":
            token = f"token-{len(self.cloud.calls)}"
            self.cloud.tokens.add(token)
            self.say(200, {"IdentityId": said["IdentityId"],
                           "Credentials": {"AccessKeyId": "ASIAGUEST", "SecretKey": SECRET, "SessionToken": token, "Expiration": self.cloud.now() + 3600}})
        else:
            self.put_record(said, body)

    def put_record(self, said, body):
        code = self.check_signature(body) or self.meet()
        if code == "reset":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif code is not None:
            self.say(503 if code.startswith("ServiceUnavailable") else 400, {"__type": code, "message": "no"})
        else:
            self.cloud.taken.append((said["DeliveryStreamName"], base64.b64decode(said["Record"]["Data"]).decode()))
            self.say(200, {"RecordId": "1", "Encrypted": True})
