# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands between a program and a service on loopback, hands every byte on as it is, and counts the requests."""

import re
import socket
import threading


class Proxy:
    """A context manager. endpoint: where it listens; requests: the request lines that went by, in the order in which they were seen."""

    REQUEST = re.compile(rb"(?:GET|PUT|POST|HEAD|DELETE) [^ ]+ HTTP/1\.1\r\n")

    def __init__(self, port):
        self.port, self.requests, self.lock = port, [], threading.Lock()

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            service = socket.create_connection(("127.0.0.1", self.port))
            for source, target, seen in ((client, service, self.see), (service, client, None)):
                threading.Thread(target=self.hand_on, args=(source, target, seen), daemon=True).start()

    def see(self, rest, data):
        """Counts what is whole in rest + data; what a later piece may complete is given back."""
        text, end = rest + data, 0
        with self.lock:
            for found in self.REQUEST.finditer(text):
                self.requests.append(found[0].decode().rsplit(" ", 1)[0])
                end = found.end()
        return text[max(end, len(text) - 4096):]

    @staticmethod
    def hand_on(source, target, seen):
        rest = b""
        try:
            while data := source.recv(65536):
                if seen:
                    rest = seen(rest, data)
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def take(self):
        """The requests since it was last asked."""
        with self.lock:
            taken, self.requests = self.requests, []
        return taken
