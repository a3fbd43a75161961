#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile SQL through the program that runs queries: each statement of hostile-statements.json gives exactly what is written down there, within
the time and memory that the program is given; the next query is answered as before, and the cache is what it was.

In that file, SQL is a text, or parts, where [TEXT, N] is TEXT N times, or {"bytes": HEX}. "error" is the error's code and "says" a part of its
message; "columns" and "rows" are the whole answer.
"""

import concurrent.futures
import datetime
import hashlib
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import query_worker
import restaurant
import tap
import visit_lake

PLACE = restaurant.Restaurant()
FILE = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "integration", "query", "hostile-statements.json")
MEMORY = 1 << 30  # the program may map half of that where no sanitizer is in it
SHORT, LONG = 1000, 30000  # milliseconds: of what shall be stopped, of what shall end by itself
ROWS = 20000
PLAIN = "SELECT store_id, count(*), sum(score) FROM answers GROUP BY store_id ORDER BY store_id"


def load():
    with open(FILE, encoding="utf-8") as file:
        return json.load(file)


def folder():
    cache, = os.scandir(PLACE.path("cache", "sobremesa"))
    return cache.path


def written(sql):
    if isinstance(sql, dict):
        return bytes.fromhex(sql["bytes"])
    return "".join(part if isinstance(part, str) else part[0] * part[1] for part in ([sql] if isinstance(sql, str) else sql))


def digest():
    """Of every file of the cache except SQLite's lock table, which each reader writes to."""
    found = {}
    for name in sorted(os.listdir(folder())):
        if not name.endswith("-shm"):
            with open(os.path.join(folder(), name), "rb") as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def ask(case):
    stopped = case.get("error") == "timeout"
    return query_worker.ask(folder(), written(case["sql"]), SHORT if stopped else LONG, ROWS, case.get("parameters", ()))


def check(case, answer):
    what = str(case["sql"])[:200]
    if "error" in case:
        given = f"{answer.code} {answer.line}:{answer.column} {answer.message!r} {answer.columns} {str(answer.rows)[:200]}"
        assert answer.code == case["error"] and case["says"] in answer.message, f"{what}\n{given}\nand not {case['error']}: {case['says']}"
        assert not answer.rows
    else:
        given = f"{answer.code} {answer.message!r} {answer.columns} {str(answer.rows)[:300]}"
        assert answer.code is None and answer.columns == case["columns"] and answer.rows == case["rows"], f"{what}\n{given}"
    assert answer.memory < MEMORY, f"{what}\n{answer.memory >> 20} MiB"


def run_case(case, plain):
    """What is wrong with a case, if anything; the next query must be answered as before."""
    try:
        check(case, ask(case))
        again = query_worker.ask(folder(), PLAIN)
        assert (again.columns, again.rows) == (plain.columns, plain.rows), f"after {case['sql']!r}: {again}"
    except (AssertionError, query_worker.Silent) as cause:
        return f"{str(case['sql'])[:100]}: {cause}"
    return None


def run_group(cases):
    plain = query_worker.ask(folder(), PLAIN)
    before = digest()  # now that SQLite has made the files that reading needs
    assert len(plain.rows) == len(visit_lake.STORES), plain
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        failed = [cause for cause in pool.map(lambda case: run_case(case, plain), cases) if cause is not None]
    assert not failed, f"{len(failed)} of {len(cases)}\n" + "\n\n".join(failed)
    assert digest() == before, "the cache has changed"


def opened(trace, home):
    """The files that were opened once the cache had been."""
    names = []
    with open(trace, encoding="utf-8", errors="replace") as file:
        for line in file:
            if "open" in line and '"' in line and "ENOENT" not in line:
                names.append(line.split('"')[1])
    first = next((i for i, name in enumerate(names) if name.startswith(home)), None)
    if first is None:
        raise tap.Skip("the program does not let its memory be read, as it is without a sanitizer")
    return [name for name in names[first:] if not name.startswith(("/proc/", "/sys/"))]


def opens_nothing_else():
    """Whatever the SQL says: from the first look into the cache on, only the cache, descriptions of time zones and what belongs to the C library are opened."""
    if subprocess.run(["sh", "-c", "strace -V"], capture_output=True, check=False).returncode != 0:
        raise tap.Skip("strace is not here")
    home = folder()
    asked = [case for case in load() if case["group"] == "files and settings"] + [{"sql": PLAIN}, {"sql": "SELECT now() AT TIME ZONE '../../etc/passwd'"}]
    for case in asked:
        with tempfile.NamedTemporaryFile(prefix="sobremesa-trace-") as trace:
            request = query_worker.write_request(home, written(case["sql"]), LONG, ROWS, ())
            command = ["strace", "-f", "-e", "trace=openat,open,creat,rename,unlink,connect,socket,execve", "-o", trace.name, query_worker.PROGRAM]
            done = subprocess.run(command, input=request, env={"PATH": "/usr/bin:/bin", "ASAN_OPTIONS": "detect_leaks=0"}, capture_output=True,
                                  check=False, timeout=120)
            query_worker.read_answer(done.stdout)
            strange = [name for name in opened(trace.name, home) if not name.startswith((home, "/usr/share/zoneinfo", "/usr/lib/"))]
            assert not strange, f"{case['sql']}: {strange}"


def there_are_enough():
    cases = load()
    assert len(cases) >= 200, len(cases)
    assert len({str(case["sql"]) for case in cases}) == len(cases), "one stands there twice"


if __name__ == "__main__":
    with PLACE:
        visit_lake.settle(PLACE, visit_lake.Maker(datetime.date(2025, 11, 10)))
        GROUPS = {}
        for one in load():
            GROUPS.setdefault(one["group"], []).append(one)
        tap.run([("there are enough", there_are_enough)] +
                [(f"{name} ({len(cases)})", lambda cases=cases: run_group(cases)) for name, cases in GROUPS.items()] +
                [("no other file is opened", opens_nothing_else)])
