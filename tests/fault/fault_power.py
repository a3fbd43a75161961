# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes while intake takes answers: what was not synced is lost, torn or garbage, and what was acknowledged is stored, once.

strace tells in which order intake wrote, synced and renamed. A cut is made from that: of each segment the bytes that were synced
stay, of the others each sector is kept, lost or garbage; a file or a name whose folder was not synced is there or not. Then the
guests send again what they have no reply for.
"""

import os
import random
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import fault_intake  # noqa: E402 its imports need the folder that has just been added

TRACED = "openat,write,fdatasync,fsync,renameat,unlinkat,sendto,ftruncate,mkdirat"
LINE = re.compile(r"^(?P<pid>\d+) +(?:<\.\.\. (?P<resumed>\w+) resumed>|(?P<call>\w+)\()(?P<rest>.*)$")
SECTOR = 512
# At which calls the power goes, and up to which of them.
CUTS = {"sendto": 40, "write": 60, "fdatasync": 20, "renameat": 5, "fsync": 12, "openat": 8}


class Segment:
    """How far a segment's bytes, its folder's entry and its new name are durable."""

    def __init__(self):
        self.written = self.synced = self.syncing = 0
        self.entered = self.renamed = self.rename_synced = False


class Trace:
    """What one intake did to its segments. It cannot be seen into, so they are told apart by their order: each is made after the last."""

    def __init__(self, path):
        self.segments, self.by_descriptor, self.folders, self.pending = [], {}, set(), {}
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                match = LINE.match(line)
                if match:
                    self.take(match)

    def take(self, match):
        pid, call, rest = match["pid"], match["call"], match["rest"]
        if match["resumed"]:
            call, rest = match["resumed"], self.pending.pop(pid, "") + rest
        elif rest.endswith("<unfinished ...>"):
            self.pending[pid] = rest.removesuffix("<unfinished ...>")
            self.begin(call, rest)
            return
        else:
            self.begin(call, rest)
        result = rest.rpartition(" = ")[2].split(" ")[0]
        if result.lstrip("-").isdigit() and int(result) >= 0:
            self.end(call, rest, int(result))

    @staticmethod
    def descriptor(rest):
        number = re.match(r"\d+", rest)
        return int(number.group()) if number else -1

    def begin(self, call, rest):
        segment = self.by_descriptor.get(self.descriptor(rest))
        if call == "fdatasync" and segment:
            segment.syncing = segment.written

    def end(self, call, rest, result):
        number = self.descriptor(rest)
        segment = self.by_descriptor.get(number)
        if call == "openat" and "O_EXCL" in rest:
            self.folders.add(number)
            self.segments.append(Segment())
            self.by_descriptor[result] = self.segments[-1]
        elif call == "write" and segment:
            segment.written += result
        elif call == "fdatasync" and segment:
            segment.synced = segment.syncing
        elif call == "renameat" and self.segments:
            self.segments[-1].renamed = True
        elif call == "fsync" and number in self.folders:
            for one in self.segments:
                one.entered, one.rename_synced = True, one.renamed


def tear(data, synced):
    """The bytes that may be there after the cut."""
    end = random.randint(synced, len(data))
    torn = bytearray(data[:end])
    while synced < end:
        sector = min(end, (synced // SECTOR + 1) * SECTOR)
        fate = random.choice(("kept", "lost", "garbage"))
        if fate != "kept":
            torn[synced:sector] = bytes(sector - synced) if fate == "lost" else random.randbytes(sector - synced)
        synced = sector
    return bytes(torn)


def cut(spool, trace):
    """Makes of the spool what a cut at the end of the trace may leave of it; the number of bytes that were not durable."""
    paths = sorted(os.path.join(folder, name) for folder, _, names in os.walk(spool) for name in names)
    loose = 0
    for path, segment in zip(paths, trace.segments):
        with open(path, "rb") as file:
            data = file.read()
        loose += len(data) - segment.synced
        if not segment.entered and random.random() < 0.5:
            os.unlink(path)
            continue
        with open(path, "wb") as file:
            file.write(tear(data, segment.synced))
        if segment.renamed and not segment.rename_synced and random.random() < 0.5:
            os.rename(path, path.replace(".closed.jsonl", ".jsonl"))
    return loose


def send_again(house, load):
    """The guests' phones send again what they have no reply for; then everything that was sent is stored."""
    with house.intake() as running:
        first = running.start()
        if not first or first.get("state") != "listening":
            return f"it does not start again: {first}"
        for body in load.sent.values():
            status = running.post(body)[0]
            if status not in (200, 201) or (body["id"] in load.acknowledged and status != 200):
                return f"what was{'' if body['id'] in load.acknowledged else ' not'} acknowledged gets {status} when it is sent again"
        return None if running.stop() == 0 else "it does not stop cleanly"


def count_stored(house):
    """How often each id is stored in lines that are records; what the cut tore is none."""
    counts = {}
    for line in house.lines():
        try:
            identifier = fault_intake.json.loads(line)["id"]
        except (ValueError, KeyError, TypeError):
            continue
        counts[identifier] = counts.get(identifier, 0) + 1
    return counts


def run_one(faults, call, nth):
    """One cut: None when it was not reached, else (what is wrong, loose bytes)."""
    house = fault_intake.House(faults, "power")
    log = os.path.join(faults.scratch, "power-trace")
    wrapper = faults.strace([], TRACED, [], "-s", "0", "-e", f"inject={call}:signal=KILL:when={nth}", output=log)
    status, load = fault_intake.one_run(house, wrapper)
    if load is None or not faults.was_killed(status):
        return None
    loose = cut(os.path.join(house.folder, "spool"), Trace(log))
    problem = send_again(house, load)
    counts = count_stored(house)
    if problem is None and (missing := set(load.sent) - set(counts)):
        problem = f"{len(missing)} answers are not stored"
    if problem is None and (doubled := [one for one, count in counts.items() if count > 1]):
        problem = f"{len(doubled)} answers are stored twice"
    return problem, loose


def run(faults):
    random.seed(19)
    points = max(faults.points // 6, 6)
    fired = tried = loose = 0
    while fired < points and tried < 3 * points:
        call = list(CUTS)[tried % len(CUTS)]
        tried += 1
        result = run_one(faults, call, random.randint(1, CUTS[call]))
        if result is not None:
            fired += 1
            loose += result[1]
            faults.check(result[0] is None, f"power cut at {call}: {result[0] or 'nothing lost, nothing doubled'}")
    print(f"# {fired} cuts of {tried} tried, {loose} bytes were not durable", flush=True)
    faults.check(fired >= points and loose > 0, f"{fired} power cuts of {tried} tried, {loose} bytes were not durable")
