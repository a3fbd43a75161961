# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs like the program does, with botocore. Run by an interpreter that has it.

  botocore_signatures.py SIGNER RANDOM SEED    RANDOM requests of chance through SIGNER, and the same through botocore
  botocore_signatures.py SIGNER wire SEED      what SIGNER puts on the wire, checked as a service would check it

Prints a JSON object: {"signed": N, "differ": [the first few]}.
"""

import base64
import datetime
import http.server
import json
import random
import subprocess
import sys
import threading
import urllib.parse
from unittest import mock

from botocore import auth, awsrequest, credentials

SERVICES = ("s3", "s3", "athena", "sts", "execute-api", "firehose")
REGIONS = ("eu-central-1", "us-east-1", "ap-southeast-2", "us-gov-west-1")
WORDS = ("raw", "responses", "dt=2026-01-01", "a b", "*", "~", "é", "日本", "x+y", "a/b", "%", "..", ".", "", "q=1&r", "(1)!", "@", ":", "'", "ß;ü", "🍲", "$,")
HEADERS = ("Content-Type", "x-amz-target", "If-None-Match", "range", "x-amz-meta-a", "X-Amz-Checksum-Mode", "my-header1", "User-Agent",
           "Content-Encoding")
VALUES = ("value", "two  blanks", "  around  ", "\ta tab", "AbC", "a,b", "\"quoted\"", "bytes=0-9", "x;y=z", "", "é")


def encode(text, safe=""):
    return urllib.parse.quote(text, safe=safe)


def make_path(chance):
    parts = [encode(chance.choice(WORDS), safe=chance.choice(("", "", "", "*=+:@!$',()/;~&"))) for _ in range(chance.randrange(6))]
    return ("/" + "/".join(parts) + chance.choice(("", "", "/"))).replace("?", "").replace("#", "").replace(" ", "%20")


def make_query(chance):
    pairs = []
    for _ in range(chance.choice((0, 0, 1, 2, 3, 6))):
        name = encode(chance.choice(WORDS))
        value = chance.choice((encode(chance.choice(WORDS)), chance.choice(("*", "a=b", "+", "~", "A", "a")), ""))
        pairs.append(chance.choice((name, f"{name}={value}", f"{name}={value}")))
    if pairs and chance.random() < 0.3:
        pairs.append(chance.choice(pairs))
    return "?" + "&".join(pairs) if pairs else chance.choice(("", "", "?"))


def make_request(chance, host):
    service, region = chance.choice(SERVICES), chance.choice(REGIONS)
    made = {"method": chance.choice(("GET", "PUT", "POST", "DELETE", "HEAD")), "service": service, "region": region,
            "key_id": "AKID" + str(chance.randrange(10 ** 9)), "secret": "".join(chance.choices("abcXYZ019+/=", k=40)),
            "now_ms": chance.randrange(1, 4102444800000), "headers": []}
    if host is None:
        scheme, port = chance.choice((("https", ""), ("https", ":443"), ("http", ":80"), ("http", ":4566"), ("https", ":80")))
        host = f"{scheme}://{service}.{region}.amazonaws.com{port}"
    made["url"] = host + make_path(chance) + make_query(chance)
    if chance.random() < 0.4:
        made["token"] = "".join(chance.choices("abcXYZ019+/=", k=chance.randrange(1, 400)))
    if chance.random() < 0.5 and made["method"] in ("PUT", "POST"):
        made["body"] = base64.b64encode(chance.randbytes(chance.choice((0, 1, 63, 64, 1000)))).decode()
    for name in chance.sample(HEADERS, chance.randrange(5)):
        for _ in range(chance.choice((1, 1, 1, 2))):
            made["headers"].append(f"{name}: {chance.choice(VALUES)}")
    return made


def sign(made, url=None):
    """botocore's authorization header."""
    request = awsrequest.AWSRequest(made["method"], url or made["url"], data=base64.b64decode(made["body"]) if "body" in made else None)
    for header in made["headers"]:
        name, _, value = header.partition(":")
        request.headers.add_header(name, value.strip())
    signer = auth.S3SigV4Auth if made["service"] == "s3" else auth.SigV4Auth
    when = datetime.datetime.fromtimestamp(made["now_ms"] // 1000, datetime.timezone.utc)
    with mock.patch.object(auth, "get_current_datetime", lambda *_: when):
        signer(credentials.Credentials(made["key_id"], made["secret"], made.get("token")), made["service"], made["region"]).add_auth(request)
    return request.headers["Authorization"]


def compare_random(signer, n, seed):
    chance = random.Random(seed)
    requests = [make_request(chance, None) for _ in range(n)]
    done = subprocess.run([signer], input="".join(json.dumps(made) + "\n" for made in requests), check=True, stdout=subprocess.PIPE, text=True)
    ours = done.stdout.splitlines()
    assert len(ours) == n, (len(ours), n)
    return n, [{"request": made, "ours": our, "botocore": sign(made)} for made, our in zip(requests, ours) if our != sign(made)][:3]


class Checker(http.server.BaseHTTPRequestHandler):
    """A service that knows the secret: it signs again what it got, with nothing but what it got."""

    protocol_version = "HTTP/1.1"
    expected = []
    seen = []

    def check(self):
        made = dict(self.expected[len(self.seen)])
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        given = self.headers["authorization"]
        names = given.partition("SignedHeaders=")[2].partition(",")[0].split(";")
        own = ("host", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256")
        made.pop("body", None)
        if body:
            made["body"] = base64.b64encode(body).decode()
        # The server reads headers as Latin-1; botocore is given the text that the bytes are.
        made["headers"] = [f"{name}: {value.encode('latin-1').decode()}" for name in names if name not in own for value in self.headers.get_all(name)]
        # self.path has lost a slash where there were two.
        target = self.requestline.split(" ")[1]
        again = sign(made, f"http://{self.headers['host']}{target}")
        unsigned = {name.lower() for name in self.headers.keys()} - set(names) - {"authorization", "accept", "user-agent", "content-length"}
        self.seen.append(None if again == given and not unsigned else {"request": made, "path": target, "ours": given, "botocore": again,
                                                                      "unsigned": sorted(unsigned)})
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = check

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def compare_wire(signer, n, seed):
    chance = random.Random(seed)
    server = http.server.HTTPServer(("127.0.0.1", 0), Checker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Checker.expected = [make_request(chance, f"http://127.0.0.1:{server.server_port}") for _ in range(n)]
    done = subprocess.run([signer, "--send"], input="".join(json.dumps(made) + "\n" for made in Checker.expected), check=True,
                          stdout=subprocess.PIPE, text=True)
    server.shutdown()
    lost = [made for made, status in zip(Checker.expected, done.stdout.split()) if status != "200"]
    assert not lost and len(Checker.seen) == n, (len(lost), lost[:3])
    return len(Checker.seen), [seen for seen in Checker.seen if seen is not None][:3]


def main():
    signer, n, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
    signed, differ = compare_wire(signer, 1000, seed) if n == "wire" else compare_random(signer, int(n), seed)
    print(json.dumps({"signed": signed, "differ": differ}))


if __name__ == "__main__":
    main()
