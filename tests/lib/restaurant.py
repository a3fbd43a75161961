# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A workspace of its own for a test, and the installed program "sobremesa" that works on it."""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

BINDIR = os.environ.get("SOBRE_TEST_BINDIR", "")


def without_sanitizer(text):
    """AddressSanitizer says at the first fiber that it may be wrong about them; that is not the program's word."""
    return "".join(line for line in text.splitlines(keepends=True) if "ASan doesn't fully support makecontext" not in line)


class Result:
    """How a command ended."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, without_sanitizer(err)

    @property
    def document(self):
        """The one JSON document on stdout; more or less than that is an error."""
        return json.loads(self.out)

    def __repr__(self):
        return f"status {self.status}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Restaurant:
    """A folder with everything that the program reads or writes; a context manager that removes it."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sobremesa-")
        self.workspace = os.path.join(self.folder, "restaurant")
        self.env = dict(os.environ)
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            self.env.pop(name, None)
        self.env.update(SOBREMESA_WORKSPACE=self.workspace, XDG_CACHE_HOME=os.path.join(self.folder, "cache"),
                        XDG_DATA_HOME=os.path.join(self.folder, "data"), LC_ALL="C.UTF-8")
        # Whole stacks, so that a leak can be told by the library that it came from: see lsan.supp.
        self.env["ASAN_OPTIONS"] = self.env.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def start(self, *arguments, **options):
        return subprocess.Popen([os.path.join(BINDIR, "sobremesa"), *arguments], env=self.env, stdin=subprocess.DEVNULL,
                                text=True, encoding="utf-8", **options)

    def run(self, *arguments, timeout=60):
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return Result(process.returncode, out, err)

    def do(self, *arguments, timeout=60):
        """Runs a command that has to succeed."""
        result = self.run(*arguments, timeout=timeout)
        assert result.status == 0, f"{arguments}: {result}"
        return result

    def query(self, sql):
        """The rows of a query, as text cells."""
        return self.do("--json", "query", "--sql", sql).document["rows"]

    @contextlib.contextmanager
    def intake(self):
        """Collects on a free port of the loopback for as long as the context lasts; gives the base of its URLs."""
        with open(self.path("intake.log"), "w", encoding="utf-8") as log:
            process = self.start("--json", "intake", "--listen", "127.0.0.1:0", stdout=subprocess.PIPE, stderr=log)
        try:
            assert select.select([process.stdout], [], [], 30)[0], "intake says nothing"
            line = process.stdout.readline()
            assert line, f"intake ended: {self.read('intake.log')}"
            yield json.loads(line)["base"]
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            status = process.wait(20)
            process.stdout.close()
        assert status == 0, f"intake ended with {status}: {self.read('intake.log')}"

    def read(self, *names):
        with open(self.path(*names), encoding="utf-8") as file:
            return file.read()


def wait_until(condition, seconds):
    """Whether @condition became true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
