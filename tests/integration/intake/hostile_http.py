#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Raw requests that no browser sends, each with the exact status that it gets (0: closed without a word). Intake outlives them all."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib"))
import intake_process  # noqa: E402 its folder has just been added
import json  # noqa: E402 see above

BODY = json.dumps(intake_process.make_response()).encode()
J = b"Content-Type: application/json\r\n"
F = b"Content-Type: application/x-www-form-urlencoded\r\n"


def request(line=b"POST /v1/responses HTTP/1.1", host=b"Host: @\r\n", fields=J, length=None, body=BODY):
    """A request; @ stands for the address and port that intake listens on."""
    if length is None:
        length = b"Content-Length: %d\r\n" % len(body)
    return line + b"\r\n" + host + fields + length + b"\r\n" + body


def get(line=b"GET /healthz HTTP/1.1", host=b"Host: @\r\n", fields=b""):
    return request(line, host, fields, b"", b"")


def fresh():
    return json.dumps(intake_process.make_response()).encode()


MIB = 1024 * 1024

TABLE = [
    # What is right, so that the refusals below mean something.
    ("a good post", lambda: request(body=fresh()), 201),
    ("a good get", get, 200),
    ("a good head", lambda: get(b"HEAD /healthz HTTP/1.1"), 200),
    ("charset=utf-8 is allowed", lambda: request(fields=b"Content-Type: application/json; charset=utf-8\r\n", body=fresh()), 201),
    ("localhost names loopback", lambda: get(host=b"Host: localhost:%\r\n"), 200),
    ("an absolute target of this server", lambda: get(b"GET http://@/healthz HTTP/1.1"), 200),
    ("our own origin", lambda: request(fields=J + b"Origin: http://@\r\n", body=fresh()), 201),
    ("same-origin fetch", lambda: request(fields=J + b"Sec-Fetch-Site: same-origin\r\n", body=fresh()), 201),
    # Who is asked: DNS rebinding, smuggled hosts.
    ("no host", lambda: get(host=b""), 400),
    ("an empty host", lambda: get(host=b"Host: \r\n"), 421),
    ("two hosts, the second foreign", lambda: get(host=b"Host: @\r\nHost: evil.example\r\n"), 400),
    ("two hosts, the first foreign", lambda: get(host=b"Host: evil.example\r\nHost: @\r\n"), 400),
    ("the same host twice", lambda: get(host=b"Host: @\r\nHost: @\r\n"), 400),
    ("a list of hosts", lambda: get(host=b"Host: @, evil.example\r\n"), 400),
    ("a foreign host", lambda: get(host=b"Host: evil.example\r\n"), 421),
    ("a foreign host with our port", lambda: get(host=b"Host: evil.example:%\r\n"), 421),
    ("our address with another port", lambda: get(host=b"Host: 127.0.0.1:1\r\n"), 421),
    ("our address without the port", lambda: get(host=b"Host: 127.0.0.1\r\n"), 421),
    ("another address of ours", lambda: get(host=b"Host: 127.0.0.2:%\r\n"), 421),
    ("our address as one number", lambda: get(host=b"Host: 2130706433:%\r\n"), 421),
    ("our address in octal", lambda: get(host=b"Host: 0177.0.0.1:%\r\n"), 421),
    ("our address with a dot behind", lambda: get(host=b"Host: 127.0.0.1.:%\r\n"), 421),
    ("a host that begins like ours", lambda: get(host=b"Host: 127.0.0.1.evil.example:%\r\n"), 421),
    ("a host with user info", lambda: get(host=b"Host: evil\x02127.0.0.1:%\r\n"), 421),
    ("a host with a slash", lambda: get(host=b"Host: @/x\r\n"), 400),
    ("an absolute target of another server", lambda: get(b"GET http://evil.example/healthz HTTP/1.1"), 421),
    ("an absolute target with user info", lambda: get(b"GET http://u:p\x02@/healthz HTTP/1.1"), 421),
    ("an absolute target of another scheme", lambda: get(b"GET https://@/healthz HTTP/1.1"), 400),
    ("a target that is a file", lambda: get(b"GET file:///etc/passwd HTTP/1.1"), 421),
    # Where the body ends: smuggling.
    ("chunked", lambda: request(length=b"Transfer-Encoding: chunked\r\n", body=b"0\r\n\r\n"), 411),
    ("length, then chunked", lambda: request(length=b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", body=b"0\r\n\r\n"), 400),
    ("chunked, then length", lambda: request(length=b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", body=b"0\r\n\r\n"), 400),
    ("chunked behind a tab", lambda: request(length=b"Transfer-Encoding:\tchunked\r\n", body=b"0\r\n\r\n"), 411),
    ("chunked twice", lambda: request(length=b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", body=b"0\r\n\r\n"), 411),
    ("an unknown coding", lambda: request(length=b"Transfer-Encoding: xchunked\r\n", body=b""), 501),
    ("identity", lambda: request(length=b"Transfer-Encoding: identity\r\nContent-Length: 0\r\n", body=b""), 400),
    ("two lengths that differ", lambda: request(length=b"Content-Length: 5\r\nContent-Length: 6\r\n", body=b"123456"), 400),
    ("two lengths that agree", lambda: request(length=b"Content-Length: 5\r\nContent-Length: 5\r\n", body=b"12345"), 400),
    ("a list of lengths", lambda: request(length=b"Content-Length: 5, 5\r\n", body=b"12345"), 400),
    ("a negative length", lambda: request(length=b"Content-Length: -1\r\n", body=b""), 400),
    ("a length with a sign", lambda: request(length=b"Content-Length: +5\r\n", body=b"12345"), 400),
    ("a length in hexadecimal", lambda: request(length=b"Content-Length: 0x5\r\n", body=b"12345"), 400),
    ("a length with a tail", lambda: request(length=b"Content-Length: 5 5\r\n", body=b"12345"), 400),
    ("a length beyond 64 bits", lambda: request(length=b"Content-Length: 99999999999999999999\r\n", body=b"1"), 400),
    ("no length", lambda: request(length=b"", body=b""), 411),
    ("a get with a body", lambda: request(b"GET /healthz HTTP/1.1", body=b"hello"), 400),
    ("a body a byte too long", lambda: request(length=b"Content-Length: 16385\r\n", body=b" " * 16385), 413),
    ("a body of 256 MiB announced", lambda: request(length=b"Content-Length: 268435456\r\n", body=b" " * 65536), 413),
    ("a body of 256 MiB sent", lambda: request(length=b"Content-Length: 268435456\r\n", body=b" " * (256 * MIB)), 413),
    ("a body that breaks off", lambda: request(length=b"Content-Length: 500\r\n", body=b"{"), 0),
    # What is asked for.
    ("an unknown path", lambda: get(b"GET /admin HTTP/1.1"), 404),
    ("the root", lambda: get(b"GET / HTTP/1.1"), 404),
    ("out of the assets", lambda: get(b"GET /assets/../../../etc/passwd HTTP/1.1"), 404),
    ("out of the assets, encoded", lambda: get(b"GET /assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1"), 404),
    ("out of the assets, encoded twice", lambda: get(b"GET /assets/%252e%252e%252fpasswd HTTP/1.1"), 404),
    ("a NUL in the path", lambda: get(b"GET /healthz%00 HTTP/1.1"), 404),
    ("a path of 8 KiB", lambda: get(b"GET /" + b"a" * 8192 + b" HTTP/1.1"), 431),
    ("a letter written as an escape is the letter", lambda: get(b"GET /health%7a HTTP/1.1"), 200),
    ("post to a page", lambda: request(b"POST /healthz HTTP/1.1"), 405),
    ("get where answers are posted", lambda: get(b"GET /v1/responses HTTP/1.1"), 405),
    ("put", lambda: request(b"PUT /v1/responses HTTP/1.1"), 405),
    ("delete", lambda: get(b"DELETE /v1/responses HTTP/1.1"), 405),
    ("options", lambda: get(b"OPTIONS /v1/responses HTTP/1.1"), 405),
    ("options of everything", lambda: get(b"OPTIONS * HTTP/1.1"), 405),
    ("trace", lambda: get(b"TRACE /healthz HTTP/1.1"), 405),
    ("connect", lambda: get(b"CONNECT evil.example:443 HTTP/1.1"), 405),
    ("a method in lower case", lambda: get(b"get /healthz HTTP/1.1"), 405),
    ("a method of 1 KiB", lambda: get(b"A" * 1024 + b" /healthz HTTP/1.1"), 400),
    # Which type: a page of another site cannot send JSON without asking first.
    ("no type", lambda: request(fields=b""), 415),
    ("plain text", lambda: request(fields=b"Content-Type: text/plain\r\n"), 415),
    ("a form post where JSON belongs", lambda: request(fields=F), 415),
    ("multipart", lambda: request(fields=b"Content-Type: multipart/form-data; boundary=x\r\n"), 415),
    ("a type that begins like JSON", lambda: request(fields=b"Content-Type: application/jsonp\r\n"), 415),
    ("two types", lambda: request(fields=J + b"Content-Type: text/plain\r\n"), 415),
    ("another charset", lambda: request(fields=b"Content-Type: application/json; charset=utf-7\r\n"), 415),
    ("a packed body", lambda: request(fields=J + b"Content-Encoding: gzip\r\n"), 415),
    ("a foreign origin", lambda: request(fields=J + b"Origin: http://evil.example\r\n"), 403),
    ("an origin of no name", lambda: request(fields=J + b"Origin: null\r\n"), 403),
    ("our origin over https", lambda: request(fields=J + b"Origin: https://@\r\n"), 403),
    ("a cross-site fetch", lambda: request(fields=J + b"Sec-Fetch-Site: cross-site\r\n"), 403),
    ("a same-site fetch", lambda: request(fields=J + b"Sec-Fetch-Site: same-site\r\n"), 403),
    ("a foreign form post", lambda: request(b"POST /v1/form HTTP/1.1", fields=F + b"Origin: http://evil.example\r\n", body=b"id=1"), 403),
    # How it is written.
    ("nothing but an end of line", lambda: b"\r\n\r\n", 400),
    ("HTTP/0.9", lambda: b"GET /healthz\r\n\r\n", 400),
    ("HTTP/1.0 without a host", lambda: b"GET /healthz HTTP/1.0\r\n\r\n", 400),
    ("the preface of HTTP/2", lambda: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 505),
    ("HTTP/1.2", lambda: get(b"GET /healthz HTTP/1.2"), 505),
    ("HTTP/9", lambda: get(b"GET /healthz HTTP/9"), 400),
    ("a TLS greeting", lambda: b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\0" * 64, 400),
    ("noise", lambda: bytes(range(256)) * 4, 400),
    ("a NUL in a field", lambda: get(fields=b"X: a\0b\r\n"), 400),
    ("a NUL in the request line", lambda: get(b"GET /heal\0thz HTTP/1.1"), 400),
    ("a field folded over two lines", lambda: get(fields=b"X: a\r\n b\r\n"), 400),
    ("a host folded over two lines", lambda: get(host=b"Host:\r\n @\r\n"), 400),
    ("a space before the colon", lambda: get(host=b"Host : @\r\n"), 400),
    ("a length with a space before the colon", lambda: request(length=b"Content-Length : 5\r\n", body=b"12345"), 400),
    ("a field without a colon", lambda: get(fields=b"nonsense\r\n"), 400),
    ("a field without a name", lambda: get(fields=b": x\r\n"), 400),
    ("lines that end with LF only", lambda: b"GET /healthz HTTP/1.1\nHost: @\n\n", 400),
    ("a lone CR in a field", lambda: get(fields=b"X: a\rHost: evil.example\r\n"), 400),
    ("a thousand fields", lambda: get(fields=b"".join(b"X-%d: y\r\n" % n for n in range(1000))), 431),
    ("a field of 64 KiB", lambda: get(fields=b"X: " + b"y" * 65536 + b"\r\n"), 431),
    ("a field of 1 MiB", lambda: get(fields=b"X: " + b"y" * MIB + b"\r\n"), 431),
    ("fields without end", lambda: b"GET /healthz HTTP/1.1\r\n" + b"X: y\r\n" * 100000, 431),
    ("upgrade to a web socket", lambda: get(fields=b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"), 200),
    ("a range", lambda: get(fields=b"Range: bytes=0-0,1-1,2-2\r\n"), 200),
    ("an expectation that is met", lambda: request(fields=J + b"Expect: 100-continue\r\n", body=fresh()), 201),
    ("an expectation that is refused", lambda: request(fields=b"Content-Type: text/plain\r\nExpect: 100-continue\r\n"), 415),
    ("an unknown expectation", lambda: get(fields=b"Expect: the-unexpected\r\n"), 417),
]


def fill_in(data, port):
    """Puts the address where @ stands in the head, and the port where % stands behind a colon."""
    head, end, body = data.partition(b"\r\n\r\n")
    head = head.replace(b"@", b"127.0.0.1:%d" % port).replace(b":%\r\n", b":%d\r\n" % port)
    head = head.removesuffix(b":%") + b":%d" % port if head.endswith(b":%") else head
    return head.replace(b"\x02", b"@") + end + body


def final_status(reply):
    """The status of the last reply on the connection that is no 100."""
    while reply.startswith(b"HTTP/1.1 100"):
        reply = reply.partition(b"\r\n\r\n")[2]
    return intake_process.status_of(reply)


def main():
    print(f"1..{len(TABLE) + 3}")
    failed = 0
    number = 0

    def case(good, name, detail=""):
        nonlocal failed, number
        number += 1
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {name}{detail}", flush=True)

    with tempfile.TemporaryDirectory(prefix="sobremesa-hostile-") as folder:
        root = os.path.dirname(os.path.dirname(os.environ["SOBRE_TEST_LIBEXECDIR"]))
        site, form = intake_process.sample_site(root)
        program = os.path.join(os.environ["SOBRE_TEST_LIBEXECDIR"], "sobremesa-intake")
        with intake_process.Intake(program, folder, site, form) as intake:
            intake.start()
            here = b"127.0.0.1:%d" % intake.port
            for name, make, expected in TABLE:
                data = fill_in(make(), intake.port)
                status = final_status(intake.raw(data, shut=True))
                case(status == expected, name, "" if status == expected else f" # got {status}, not {expected}")
            stored = len(intake.stored())
            case(stored == 5, "what was refused is not stored", f" # {stored}" if stored != 6 else "")
            case(intake.alive() and intake.post(intake_process.make_response())[0] == 201, "intake is alive and takes answers")
            case(intake.stop() == 0, "intake stops cleanly")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
