# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A workspace with lake, spool and cache that is put back to its beginning for each fault, and the invariant that holds afterwards."""

import glob
import hashlib
import json
import os
import random
import shutil
import uuid

import small_lake

FIRST_TIME = 1767225600000  # 2026-01-01
DAY = 86400000


class SyncHouse:
    """`home` has the workspace "workspace" and the cache "cache"; `master` has both as they are before each fault."""

    def __init__(self, faults, name, **settings):
        self.faults = faults
        self.home = faults.folder(f"sync-{name}")
        self.env = faults.environment(self.home)
        self.elsewhere = faults.environment(self.home, XDG_CACHE_HOME=os.path.join(self.home, "rebuilt"))
        self.workspace = os.path.join(self.home, "workspace")
        self.cache = os.path.join(self.home, "cache")
        self.master = os.path.join(self.home, "master")
        self.program = faults.program("sobremesa")
        self.probe = faults.program("cache-probe")
        self.random = random.Random(name)
        self.must("init")
        if settings:
            self.change_settings(settings)

    def change_settings(self, settings):
        path = os.path.join(self.workspace, "workspace.json")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**document, **settings}, file)

    # What is in lake and spool before the fault.

    def make_records(self, count, first_day=0, days=3):
        start = FIRST_TIME + first_day * DAY
        return [small_lake.make_response(self.random, start + self.random.randrange(days * DAY)) for _ in range(count)]

    def put_object(self, records, day=0, bad=()):
        """One object of the lake; `bad` are lines that are no records."""
        path = os.path.join(self.workspace, "lake", "raw", "responses", f"dt={small_lake.format_time(FIRST_TIME + day * DAY)[:10]}")
        os.makedirs(path, exist_ok=True)
        text = "".join(json.dumps(record) + "\n" for record in records) + "".join(line + "\n" for line in bad)
        name = small_lake.make_id(self.random, FIRST_TIME + day * DAY)
        small_lake.write_packed(os.path.join(path, f"{name}.json.gz"), text.encode())

    def put_segment(self, records, closed, torn=b""):
        path = os.path.join(self.workspace, ".sobremesa", "spool", "responses", "dt=2026-01-09")
        os.makedirs(path, exist_ok=True)
        name = small_lake.make_id(self.random, FIRST_TIME)
        with open(os.path.join(path, f"{name}{'.closed' if closed else ''}.jsonl"), "wb") as file:
            file.write("".join(json.dumps(record) + "\n" for record in records).encode() + torn)

    # The beginning of each fault.

    def keep(self):
        """What is there now is what restore() puts back."""
        self.copy(self.home, self.master)

    def restore(self):
        self.copy(self.master, self.home)

    @staticmethod
    def copy(source, target):
        """Objects of the lake are linked: they are never written to in place, and what identifies them has to stay."""
        for name in ("workspace", "cache", "rebuilt"):
            shutil.rmtree(os.path.join(target, name), ignore_errors=True)
        for name in ("workspace", "cache"):
            if os.path.isdir(os.path.join(source, name)):
                shutil.copytree(os.path.join(source, name), os.path.join(target, name),
                                copy_function=lambda a, b: os.link(a, b) if "/lake/raw/" in a else shutil.copy2(a, b))

    # Programs.

    def command(self, *words):
        return [self.program, "--quiet", "--json", "--workspace", self.workspace, *words]

    def run(self, *words, env=None):
        return self.faults.run(self.command(*words), env or self.env)

    def must(self, *words, env=None):
        """Runs a command that has to succeed; what it printed."""
        status, out, errors = self.run(*words, env=env)
        if status != 0:
            raise AssertionError(f"{words} ended with {status}: {errors.strip()[-300:]}")
        return json.loads(out)

    def read_cache(self, env=None):
        """What the cache says, or the error that reading it ends with."""
        status, out, errors = self.faults.run([self.probe, self.workspace], env or self.env)
        if status not in (0, 1):
            raise AssertionError(f"reading the cache ends with {status}: {errors.strip()[-300:]}")
        return json.loads(out) if status == 0 else errors.strip()

    def paths(self):
        """What lies in the house, and the files of the cache that may come: what faults are put on."""
        found = [path for root in (self.workspace, self.cache) for path in glob.glob(f"{root}/**", recursive=True, include_hidden=True)]
        folder = os.path.join(self.cache, "sobremesa", hashlib.sha256(self.workspace.encode()).hexdigest())
        return sorted({path.rstrip("/") for path in found} | {folder, f"{folder}/current", f"{self.workspace}/.sobremesa/sync.lock"} |
                      {f"{folder}/cache-{number}.db{end}" for number in (1, 2, 3) for end in ("", "-wal", "-shm")})

    # What has to hold.

    def forgotten(self, ids):
        """Those of the ids that have a tombstone."""
        try:
            with open(os.path.join(self.workspace, ".sobremesa", "forgotten"), encoding="ascii") as file:
                stones = set(file.read().split())
        except FileNotFoundError:
            return set()
        return {one for one in ids if hashlib.sha256(uuid.UUID(one).bytes).hexdigest() in stones}

    def held(self):
        """The ids that count: in lake or spool, and not forgotten."""
        ids = small_lake.distinct_ids(self.workspace)
        return ids - self.forgotten(ids)

    def find_fault(self, kept):
        """What of the invariant does not hold after one sync that nothing disturbs; None when all does. `kept`: ids that have to be there."""
        lost = kept - small_lake.distinct_ids(self.workspace)
        if lost:
            return f"{len(lost)} records are neither in lake nor spool"
        before = self.read_cache()
        if isinstance(before, str) and "Sync first" not in before:
            return f"the cache cannot be read before the next sync: {before}"
        try:
            self.must("sync")
            incremental = self.read_cache()
            self.must("sync", env=self.elsewhere)
            rebuilt = self.read_cache(self.elsewhere)
        except AssertionError as error:
            return str(error)
        if isinstance(incremental, str) or isinstance(rebuilt, str):
            return f"the cache cannot be read after the next sync: {incremental}, {rebuilt}"
        ids = self.held()
        if kept - ids:
            return f"{len(kept - ids)} records do not count"
        if incremental["rows"] != len(ids):
            return f"{incremental['rows']} rows, but {len(ids)} records are held"
        if incremental != rebuilt:
            return f"the cache says {incremental}, one that is built anew {rebuilt}"
        return None

    def find_bytes(self, wanted):
        """The files of workspace and cache that hold the bytes, packed or not."""
        return [path for path in self.paths() if os.path.isfile(path) and wanted in small_lake.read_unpacked(path)]
