# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts sobremesa-intake on a small restaurant of its own and talks to it over raw sockets."""

import hashlib
import hmac
import base64
import json
import os
import select
import signal
import socket
import subprocess
import time
import uuid

STORE, TABLES, SECRET, EPOCH = "Centro", 40, bytes(range(32)), 1


def card_key(store, table, epoch=EPOCH, secret=SECRET):
    """The key of a table's card, computed apart from the program."""
    message = f"{store}\x1f{table}\x1f{epoch}".upper().encode()
    return base64.b32encode(hmac.new(secret, message, hashlib.sha256).digest()[:10]).decode()


def make_id():
    """A UUID version 7."""
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6], raw[8] = raw[6] & 0x0F | 0x70, raw[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def make_response(**changes):
    """A body that is stored; a change to None leaves the member out."""
    body = {
        "id": make_id(), "submitted_at": "2026-11-24T12:00:00.000Z", "store_id": STORE, "table_id": "T1", "key": card_key(STORE, "T1"),
        "form_id": "guest", "form_version": 1, "language": "en",
        "answers": [{"question": "overall", "kind": "smiley", "score": 4}], "comment": "Very good.", "duration_ms": 9000,
    }
    body.update(changes)
    return {name: value for name, value in body.items() if value is not None}


def sample_site(root):
    """The installed form and its sample: (site folder, form.json)."""
    data = os.path.join(root, "share", "sobremesa")
    return os.path.join(data, "site"), os.path.join(data, "sample", "form.json")


class Intake:
    """One running intake; a context manager that stops it by its pid."""

    def __init__(self, program, folder, site, form, wrapper=(), env=None, preexec=None, quiet=False):
        self.folder = folder
        self.spool = os.path.join(folder, "spool")
        self.program, self.site, self.form, self.wrapper, self.env, self.preexec = program, site, form, list(wrapper), env, preexec
        self.process = self.status = self.port = self.pid = None
        self.lines = []
        self.errors = subprocess.DEVNULL if quiet else None
        self.more = []
        self.buffer = b""
        with open(os.path.join(folder, "tables.csv"), "w", encoding="utf-8") as file:
            file.write("store_id,table_id,zone,seats,x,y\n")
            file.writelines(f"{STORE},T{number},,4,,\n" for number in range(1, TABLES + 1))

    def start(self, port=0, wait=20):
        key_read, key_write = os.pipe()
        self.status, status_write = os.pipe()
        os.write(key_write, SECRET)
        os.close(key_write)
        command = [*self.wrapper, self.program, "--listen", f"127.0.0.1:{port}", "--spool", self.spool, "--site", self.site,
                   "--form", self.form, "--tables", os.path.join(self.folder, "tables.csv"),
                   "--key-fd", str(key_read), "--status-fd", str(status_write), *self.more]
        self.process = subprocess.Popen(command, pass_fds=(key_read, status_write), env=self.env, preexec_fn=self.preexec,
                                        stderr=self.errors)
        os.close(key_read)
        os.close(status_write)
        self.lines, self.buffer = [], b""
        first = self.read_status(wait)
        self.port = first.get("port") if first else None
        return first

    def read_status(self, wait):
        """The next line of the status, None when there is none in time or intake is gone."""
        deadline = time.monotonic() + wait
        while b"\n" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.status], [], [], left)[0]:
                return None
            piece = os.read(self.status, 65536)
            if not piece:
                return None
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        self.lines.append(json.loads(line))
        return self.lines[-1]

    def real_pid(self):
        """The pid of intake itself, also below a wrapper such as strace."""
        if not self.wrapper:
            return self.process.pid
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as file:
            return int(file.read().split()[0])

    def resident(self):
        """Peak resident memory, bytes."""
        with open(f"/proc/{self.real_pid()}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.real_pid()}/fd"))

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def stop(self, sig=signal.SIGTERM):
        """Asks it to stop; its exit status."""
        if self.process is None:
            return None
        if self.alive():
            os.kill(self.real_pid(), sig)
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if self.status is not None:
            os.close(self.status)
        self.process = self.status = None
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)

    def connect(self, source="127.0.0.1", timeout=20):
        return socket.create_connection(("127.0.0.1", self.port), timeout, (source, 0))

    def raw(self, data, source="127.0.0.1", timeout=20, shut=False):
        """Sends bytes on a connection of their own; everything that comes back until it is closed or a reply is whole."""
        with self.connect(source, timeout) as connection:
            try:
                connection.sendall(data)
                if shut:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return read_reply(connection)

    def post(self, body, path="/v1/responses", kind="application/json", source="127.0.0.1", headers=""):
        """Posts a body: (status, reply body)."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: {kind}\r\n{headers}"
                f"Content-Length: {len(data)}\r\nConnection: close\r\n\r\n")
        reply = self.raw(head.encode() + data, source)
        return status_of(reply), reply.partition(b"\r\n\r\n")[2]

    def get(self, path, headers="", source="127.0.0.1"):
        """Gets a path: (status, head, body)."""
        reply = self.raw(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{headers}Connection: close\r\n\r\n".encode(), source)
        head, _, body = reply.partition(b"\r\n\r\n")
        return status_of(reply), head.decode("latin-1"), body

    def stored(self, dataset="responses"):
        """Every record that the spool holds, in order; a torn last line counts as nothing."""
        records = []
        for folder, _, names in sorted(os.walk(os.path.join(self.spool, dataset))):
            for name in sorted(names):
                with open(os.path.join(folder, name), "rb") as file:
                    lines = file.read().split(b"\n")
                records += [json.loads(line) for line in lines[:-1]]
        return records


def read_reply(connection):
    """Reads until the other side closes; an error ends it too."""
    reply = b""
    try:
        while piece := connection.recv(65536):
            reply += piece
    except OSError:
        pass
    return reply


def status_of(reply):
    """The status of the first reply, 0 when there is none."""
    words = reply.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/1.") and words[1].isdigit() else 0
