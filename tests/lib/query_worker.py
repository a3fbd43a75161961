# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the program that runs queries, over its own standard input and output, as data/query/sobre-query-wire.h has it."""

import dataclasses
import datetime
import decimal
import os
import struct
import subprocess
import tempfile

PROGRAM = os.path.join(os.environ.get("SOBRE_TEST_LIBEXECDIR", ""), "sobremesa-query")
CODES = ("syntax", "unsupported", "name", "type", "runtime", "limit", "timeout", "cache", "failed")
TYPES = ("boolean", "integer", "bigint", "double", "decimal", "varchar", "date", "timestamp", "timestamp with time zone")
NOW = 1767225600000  # 2026-01-01 00:00:00 UTC
EPOCH = datetime.date(1970, 1, 1).toordinal()


class Silent(Exception):
    """The program ended without a whole answer, or not at all."""


@dataclasses.dataclass
class Answer:
    """A table (code is None) or an error; memory is the most that the process had resident, in bytes."""
    code: str = None
    message: str = ""
    line: int = 0
    column: int = 0
    columns: list = dataclasses.field(default_factory=list)
    rows: list = dataclasses.field(default_factory=list)
    truncated: bool = False
    memory: int = 0


class Reader:
    """Takes an answer apart; struct.error when there is less than it says."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, form):
        value, = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return value

    def numbers(self, form, count):
        values = struct.unpack_from(f"<{count}{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{count}{form}")
        return values

    def take(self, count):
        if self.at + count > len(self.data):
            raise struct.error("too short")
        self.at += count
        return self.data[self.at - count:self.at]

    def text(self):
        return self.take(self.number("I")).decode()


def format_time(value):
    day, rest = divmod(value, 86400000)
    return f"{datetime.date.fromordinal(EPOCH + day)} {rest // 3600000:02d}:{rest // 60000 % 60:02d}:{rest // 1000 % 60:02d}.{rest % 1000:03d}"


def read_column(reader, count):
    """Name, type and cells, which are texts or None."""
    name, kind, _, scale, zone = reader.text(), TYPES[reader.number("B")], reader.number("B"), reader.number("B"), reader.text()
    valid = reader.take(count)
    if kind == "varchar":
        ends = (0, *reader.numbers("Q", count))
        data = reader.take(ends[-1])
        cells = [data[ends[i]:ends[i + 1]].decode() for i in range(count)]
    elif kind == "decimal":
        whole = [int.from_bytes(reader.take(16), "little", signed=True) for _ in range(count)]
        cells = [f"{decimal.Decimal(value).scaleb(-scale, decimal.Context(prec=60)):f}" for value in whole]
    elif kind == "boolean":
        cells = ["true" if value else "false" for value in reader.take(count)]
    elif kind == "double":
        cells = [repr(value) for value in reader.numbers("d", count)]
    elif kind == "date":
        cells = [str(datetime.date.fromordinal(EPOCH + value)) for value in reader.numbers("q", count)]
    elif kind == "timestamp":
        cells = [format_time(value) for value in reader.numbers("q", count)]
    elif kind == "timestamp with time zone":
        times, offsets = reader.numbers("q", count), reader.numbers("q", count)
        cells = [f"{format_time(time + offset)} {zone}" for time, offset in zip(times, offsets)]
    else:
        cells = [str(value) for value in reader.numbers("q", count)]
    return f"{name} {kind}", [cell if ok else None for cell, ok in zip(cells, valid)]


def read_answer(data):
    reader = Reader(data)
    answer = Answer()
    if reader.take(4) != b"SBR1":
        raise struct.error("no answer")
    if reader.number("B") == 0:
        answer.code, answer.line, answer.column = CODES[reader.number("B")], reader.number("I"), reader.number("I")
        answer.message = reader.text()
    else:
        answer.truncated = reader.number("B") == 1
        count, n_columns = reader.number("Q"), reader.number("I")
        columns = [read_column(reader, count) for _ in range(n_columns)]
        answer.columns = [name for name, _ in columns]
        answer.rows = [list(row) for row in zip(*(cells for _, cells in columns))]
    if reader.at != len(data):
        raise struct.error("more than one answer")
    return answer


def text(value):
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<I", len(data)) + data


def write_request(folder, sql, milliseconds, max_rows, parameters):
    request = b"SBQ1" + text(folder) + text(sql) + struct.pack("<qQII", NOW, max_rows, milliseconds, len(parameters))
    for name, kind, value in parameters:
        request += text(name) + struct.pack("<BB", TYPES.index(kind), value is not None) + text(value or "")
    return request


def send(process, request):
    """What the process says to a request, until it says no more."""
    try:
        process.stdin.write(request)
        process.stdin.close()
    except BrokenPipeError:
        pass
    return process.stdout.read()


def ask(folder, sql, milliseconds=30000, max_rows=1000000, parameters=(), patience=120):
    """The answer of one process to one query, SQL as text or bytes. PATIENCE: seconds after which the process hangs."""
    with tempfile.TemporaryFile() as errors:
        # An empty environment, as the program that starts it gives.
        process = subprocess.Popen(["/usr/bin/timeout", "-s", "KILL", str(patience), PROGRAM], env={}, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=errors)
        data = send(process, write_request(folder, sql, milliseconds, max_rows, parameters))
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        try:
            answer = read_answer(data)
        except (struct.error, UnicodeDecodeError, ValueError, IndexError) as cause:
            errors.seek(0)
            said = errors.read().decode(errors="replace")
            raise Silent(f"{len(data)} bytes ({cause}), status {process.returncode}: {said[-2000:]}") from cause
    answer.memory = usage.ru_maxrss * 1024
    return answer
