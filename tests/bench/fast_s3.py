# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An S3 on loopback that does as little as it can, so that what is measured is its clients: lists, whole and ranged objects, from memory. It looks at no
signature, which is the same for all who ask it.

usage: fast_s3.py FOLDER BUCKET     prints its port, then serves what lies in FOLDER until its standard input ends

GET /-/requests tells how many requests came since it was asked last.
"""

import asyncio
import bisect
import hashlib
import os
import sys
import threading
import urllib.parse
import xml.sax.saxutils

DATE = "Sun, 29 Nov 2026 12:00:00 GMT"
ISO_DATE = "2026-11-29T12:00:00.000Z"


class Bucket:
    """Everything that can be asked for, ready to be sent."""

    def __init__(self, folder, name):
        self.name, self.objects = name, {}
        self.n_requests = 0
        for place, _, names in os.walk(folder):
            for one in names:
                path = os.path.join(place, one)
                if one.startswith("."):
                    continue
                with open(path, "rb") as file:
                    data = file.read()
                self.objects[os.path.relpath(path, folder)] = (data, hashlib.md5(data).hexdigest())
        self.keys = sorted(self.objects)

    def answer(self, head):
        self.n_requests += 1
        line, _, rest = head.partition(b"\r\n")
        method, target, _ = line.decode("ascii").split(" ")
        path, _, query = target.partition("?")
        key = urllib.parse.unquote(path).removeprefix(f"/{self.name}").removeprefix("/")
        if key == "-/requests":
            count, self.n_requests = self.n_requests - 1, 0
            return self.reply("200 OK", "text/plain", str(count).encode())
        if not key:
            return self.list(dict(urllib.parse.parse_qsl(query, keep_blank_values=True)))
        if key not in self.objects:
            return self.reply("404 Not Found", "application/xml", b"<Error><Code>NoSuchKey</Code></Error>")
        data, etag = self.objects[key]
        first, last = find_range(rest, len(data))
        headers = f'ETag: "{etag}"\r\nLast-Modified: {DATE}\r\nAccept-Ranges: bytes\r\n'
        status = "200 OK"
        if first is not None:
            status, headers = "206 Partial Content", headers + f"Content-Range: bytes {first}-{last}/{len(data)}\r\n"
            data = data[first:last + 1]
        return self.reply(status, "application/gzip", data, headers, method == "HEAD")

    @staticmethod
    def reply(status, kind, body, headers="", only_head=False):
        head = f"HTTP/1.1 {status}\r\nDate: {DATE}\r\nServer: fast\r\n{headers}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        return head if only_head else head + body

    def list(self, query):
        size = min(int(query.get("max-keys", "1000")), 1000)
        after = query.get("continuation-token") or query.get("start-after", "")
        begin = bisect.bisect_right(self.keys, after) if after else 0
        keys = [key for key in self.keys[begin:] if key.startswith(query.get("prefix", ""))]
        page, more = keys[:size], len(keys) > size
        encoding = "<EncodingType>url</EncodingType>" if query.get("encoding-type") == "url" else ""
        encode = urllib.parse.quote if encoding else xml.sax.saxutils.escape
        contents = "".join(f"<Contents><Key>{encode(key)}</Key><LastModified>{ISO_DATE}</LastModified><ETag>&quot;{self.objects[key][1]}&quot;</ETag>"
                           f"<Size>{len(self.objects[key][0])}</Size><StorageClass>STANDARD</StorageClass></Contents>" for key in page)
        token = f"<NextContinuationToken>{xml.sax.saxutils.escape(page[-1])}</NextContinuationToken>" if more else ""
        return self.reply("200 OK", "application/xml",
                          f'<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>{self.name}</Name>'
                          f"<KeyCount>{len(page)}</KeyCount><MaxKeys>{size}</MaxKeys><IsTruncated>{str(more).lower()}</IsTruncated>{encoding}{token}{contents}"
                          f"</ListBucketResult>".encode())


def find_range(head, size):
    """(first, last) of the bytes that are asked for, or (None, None) for all of them."""
    place = head.lower().find(b"\r\nrange: bytes=")
    place = place + 2 if place >= 0 else 0 if head[:13].lower() == b"range: bytes=" else -1
    if place < 0:
        return None, None
    first, _, last = head[place + 13:head.index(b"\r\n", place)].decode().partition("-")
    return int(first), min(int(last or size), size - 1)


class Connection(asyncio.Protocol):
    """One connection: requests have no bodies."""

    def __init__(self, bucket):
        self.bucket, self.buffer, self.transport = bucket, b"", None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, self.buffer = self.buffer[:end + 2], self.buffer[end + 4:]
            self.transport.write(self.bucket.answer(head))


async def serve(folder, name):
    loop = asyncio.get_running_loop()
    bucket = Bucket(folder, name)
    server = await loop.create_server(lambda: Connection(bucket), "127.0.0.1", 0, backlog=512)
    ended = asyncio.Event()
    print(server.sockets[0].getsockname()[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True).start()
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
