# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Publishing a menu, going back to an earlier one and marking a dish, killed at their system calls and refused by the disk.

Guests see the menu that they saw or the whole of the next one, never a half: the pointer, the document that it names and the history that it
counts belong together at every moment, every document that was ever published is there byte for byte, and one more run ends the work.
"""

import hashlib
import json
import os
import random
import shutil

CALLS = "openat,read,pread64,write,fsync,fdatasync,flock,renameat,renameat2,linkat,?unlink,unlinkat,mkdirat,ftruncate,close,fstat"
CHANGING = "openat,write,fsync,fdatasync,renameat,renameat2,mkdirat,ftruncate"
DISHES = 60


def make_menu(mark):
    """A menu in which every text says which one it is."""
    dishes = [{"id": f"dish-{number}", "number": number, "name": {"en": f"Dish {number} of {mark}"}, "price": f"{number}.50",
               "allergens": ["milk"] if (number + len(mark)) % 3 else ["nuts"]} for number in range(1, DISHES + 1)]
    return {"languages": ["en"], "title": {"en": f"Menu {mark}"}, "sections": [{"id": "all", "name": {"en": "All"}, "dishes": dishes}]}


class MenuFaults:
    """A workspace with two published menus, a third that is written but not published, and a dish that is sold out."""

    def __init__(self, faults, name, words):
        self.faults, self.name, self.words = faults, name, words
        self.home = faults.folder(f"menu-{name}")
        self.env = faults.environment(self.home)
        self.workspace = os.path.join(self.home, "workspace")
        self.folder = os.path.join(self.workspace, "published", "menu")
        self.master = os.path.join(self.home, "master")
        self.program = faults.program("sobremesa")
        self.fired = 0
        self.must("init")
        self.documents = [self.write_menu(mark) for mark in ("one", "the second")]
        self.must("menu", "sold-out", "dish-3")
        self.documents.append(self.write_menu("number three", publish=False))
        shutil.copytree(self.folder, self.master)
        self.before = self.look()
        self.must(*words)
        self.after = self.look()
        assert self.before != self.after, f"{name} changes nothing"

    def command(self, *words):
        return [self.program, "--quiet", "--json", "--workspace", self.workspace, *words]

    def must(self, *words):
        status, out, errors = self.faults.run(self.command(*words), self.env)
        if status != 0:
            raise AssertionError(f"{words} ended with {status}: {errors.strip()[-300:]}")
        return out

    def write_menu(self, mark, publish=True):
        """Writes menu.json, publishes it, and tells under which name it is or will be kept."""
        data = json.dumps(make_menu(mark)).encode()
        with open(os.path.join(self.workspace, "menu.json"), "wb") as file:
            file.write(data)
        if publish:
            self.must("menu", "publish")
        return f"menu.{hashlib.sha256(data).hexdigest()[:16]}.json", data

    def restore(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.master, self.folder)

    def paths(self):
        """What the command touches: the store, each of its files, and each under the name that it has while it is written."""
        names = ["current.json", "history.jsonl"] + [name for name, _ in self.documents]
        return [self.folder] + [os.path.join(self.folder, made) for name in names for made in (name, f".{name}.new")]

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def look(self):
        """What guests see, read without the program: (version, document, what is sold out, how the history goes). Fails where it is not whole."""
        pointer = json.loads(self.read("current.json"))
        document = self.read(pointer["menu"])
        assert hashlib.sha256(document).hexdigest() == pointer["sha256"], "the document is not the pointer's"
        history = self.read("history.jsonl")
        counted = history[:pointer["history_bytes"]]
        assert len(counted) == pointer["history_bytes"] and counted.endswith(b"\n"), "the history is shorter than the pointer says"
        entries = [json.loads(line) for line in counted.splitlines()]
        assert (entries[-1]["version"], entries[-1]["menu"]) == (pointer["version"], pointer["menu"]), "the history ends elsewhere"
        return (pointer["version"], document, tuple(pointer["sold_out"]), tuple((entry["version"], entry["menu"]) for entry in entries))

    def examine(self, what):
        """The invariant at once, and after one run that nothing disturbs."""
        try:
            seen = self.look()
            kept = all(self.read(name) == data for name, data in self.documents[:2])
            listed, _, complaint = self.faults.run(self.command("menu", "versions"), self.env)
            status, _, errors = self.faults.run(self.command(*self.words), self.env)
            ended = self.look()
        except (AssertionError, OSError, ValueError, KeyError) as error:
            self.faults.check(False, f"{self.name}, {what}: {error!r}")
            return
        half_made = [name for name in os.listdir(self.folder) if name.endswith(".new")]
        good = seen in (self.before, self.after) and kept and listed == 0 and ended == self.after
        good = good and (status == 0 or seen == self.after) and not half_made
        self.faults.check(good, f"{self.name}, {what}: version {seen[0]}, documents {'kept' if kept else 'changed'}, versions {listed} "
                                f"{complaint.strip()[-100:]}, then {status} {errors.strip()[-200:]} version {ended[0]}, half-made {half_made}")

    def kill(self, points):
        """As many points as are asked for fire; planned ones first, then more at random."""
        self.restore()
        counts = self.faults.count_calls(self.command(*self.words), self.env, CALLS, self.paths())
        planned = list(self.faults.spread(counts, points))
        dice = random.Random(self.name)
        for tried in range(3 * points):
            call, nth = planned[tried] if tried < len(planned) else dice.choice(planned)
            if self.fired >= points and tried >= len(planned):
                break
            self.restore()
            command = self.faults.kill_command(self.command(*self.words), nth, call, self.paths())
            status, _, _ = self.faults.run(command, self.env)
            if self.faults.was_killed(status):
                self.fired += 1
                self.examine(f"killed at {call} {nth}")
        print(f"# {self.name}: {self.fired} kill points fired at {counts}", flush=True)

    def fail(self, error, points):
        self.restore()
        counts = self.faults.count_calls(self.command(*self.words), self.env, CHANGING, self.paths())
        for onward in (True, False):
            for call, nth in self.faults.spread(counts, points, 1):
                self.restore()
                command = self.faults.error_command(self.command(*self.words), nth, error, call, onward, self.paths())
                status, _, errors = self.faults.run(command, self.env)
                what = f"{error} at {call} {nth}{' and on' if onward else ''}"
                self.faults.check(status in (0, 1) and (status == 0 or "sobremesa: " in errors),
                                  f"{self.name}, {what}: ends with {status}: {errors.strip()[-200:]}")
                self.examine(f"{what}, ended with {status}")


def run(faults):
    operations = {"publish": ["menu", "publish"], "roll back": ["menu", "rollback", "1"], "mark": ["menu", "sold-out", "dish-7"]}
    fired = 0
    for name, words in operations.items():
        menu = MenuFaults(faults, name, words)
        menu.kill(max(faults.points // len(operations), 1))
        fired += menu.fired
        for error in ("ENOSPC", "EIO"):
            menu.fail(error, max(faults.points // 15, 4))
    faults.check(fired >= min(faults.points, 60), f"{fired} kill points fired")
