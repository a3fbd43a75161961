# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What CloudFront does with a site's bucket, on loopback: the function that is deployed turns a card's address into a page's, the template's headers are sent with every reply, what a
file's Cache-Control lets be kept is kept that long and no longer, and a file that is not there is the page 404.html."""

import http.server
import json
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.parse

import stack_template
import tls

FUNCTION = """
require("readline").createInterface({ input: process.stdin }).on("line", (line) => console.log(JSON.stringify(handler(JSON.parse(line)).uri)));
"""


class Edge:
    """A context manager. get: key below public/ → (bytes, headers by name), or None. languages: of the stack. answers: what conditions and references of the template are. served: (path,
    status) of every request."""

    def __init__(self, get, languages, answers):
        self.get, self.answers = get, answers
        self.folder = tempfile.mkdtemp(prefix="sobremesa-edge-")
        self.kept, self.served, self.lock = {}, [], threading.Lock()
        resources = stack_template.load("template")["Resources"]
        self.code = resources["SitePaths"]["Properties"]["FunctionCode"]["Fn::Sub"].replace("${Languages}", languages)
        self.headers = self.read_headers(resources["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"])

    def read_headers(self, config):
        strict = config["StrictTransportSecurity"]
        return {"Content-Security-Policy": stack_template.resolve(config["ContentSecurityPolicy"]["ContentSecurityPolicy"], self.answers),
                "Strict-Transport-Security": f"max-age={strict['AccessControlMaxAgeSec']}", "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": config["FrameOptions"]["FrameOption"], "Referrer-Policy": config["ReferrerPolicy"]["ReferrerPolicy"]}

    def __enter__(self):
        edge = self

        class Handler(Replies):
            """The handler of this edge."""

            def __init__(self, *arguments):
                self.edge = edge
                super().__init__(*arguments)

        self.node = subprocess.Popen(["node", "-e", self.code + FUNCTION], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls.make_certificate(self.folder))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.server.handle_error = lambda *_: None
        self.base = f"https://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.node.stdin.close()
        self.node.wait(10)
        self.node.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def rewrite(self, path, query, languages):
        """Where the function leads."""
        asked = urllib.parse.parse_qs(query).get("lang")
        event = {"request": {"uri": path, "querystring": {"lang": {"value": asked[0]}} if asked else {},
                             "headers": {"accept-language": {"value": languages}} if languages else {}}}
        with self.lock:
            self.node.stdin.write(json.dumps(event) + "\n")
            self.node.stdin.flush()
            return json.loads(self.node.stdout.readline())

    def fetch(self, path):
        """What is kept, or what the bucket has: (bytes, headers, seconds since it came), or None."""
        now = time.monotonic()
        with self.lock:
            found = self.kept.get(path)
        if found is not None and now < found[2]:
            return found[0], found[1], now - found[3]
        got = self.get("public" + path)
        if got is None:
            return None
        age = int(got[1]["Cache-Control"].split("max-age=")[1].split(",")[0])
        with self.lock:
            self.kept[path] = (*got, now + age, now)
        return (*got, 0.0)


class Replies(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):  # pylint: disable=invalid-name # the base class's name
        parts = urllib.parse.urlsplit(self.path)
        path = self.edge.rewrite("/index.html" if parts.path == "/" else parts.path, parts.query, self.headers.get("Accept-Language"))
        found = self.edge.fetch(path)
        status = 200 if found else 404
        body, headers, age = found or self.edge.fetch("/404.html")
        self.edge.served.append((self.path, status))
        tag = headers["ETag"]
        if self.headers.get("If-None-Match") == tag and status == 200:
            status, body = 304, b""
        self.send_response(status)
        for name, value in {**self.edge.headers, **headers, "Age": str(int(age)), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
