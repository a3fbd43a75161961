# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundle in an installation of its own, and the programs in it, as an ordinary user runs them: inside session.sh."""

import json
import os
import signal
import subprocess
import sys

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))

import restaurant
import tap

ID = "io.github.sobremesa.Sobremesa"
WORK = os.path.join(TOP, "_build", "flatpak")
BUNDLE = os.path.join(WORK, ID + ".flatpak")
# What the program in the sandbox calls its data folder.
DATA = os.path.join(os.environ["HOME"], ".var", "app", ID, "data")
CACHE = os.path.join(os.environ["HOME"], ".var", "app", ID, "cache")
WORKSPACE = os.path.join(DATA, "sobremesa", "workspace")


def flatpak(*arguments, timeout=300):
    """Runs flatpak; it has to succeed."""
    done = subprocess.run(["flatpak", "--user", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=timeout, check=False)
    assert done.returncode == 0, f"flatpak {arguments}: {done.stdout}"
    return done.stdout


def need_documents():
    """What is shown through the portal of documents is skipped where this user may not use FUSE, which it shows them with."""
    if not os.environ.get("SESSION_DOCUMENTS"):
        raise tap.Skip("this user cannot use FUSE (/dev/fuse), which the portal shows documents with")


def install_runtime():
    """The runtime is there before, as on a desktop that has another program of GNOME's."""
    with open(os.path.join(WORK, "runtime"), encoding="utf-8") as file:
        repository = os.path.join(file.read().strip(), "repository")
    flatpak("remote-add", "--no-gpg-verify", "standin", "file://" + repository)
    with open(os.path.join(WORK, "tree", "metadata"), encoding="utf-8") as file:
        runtime = next(line.split("=")[1].strip() for line in file if line.startswith("runtime="))
    flatpak("install", "--noninteractive", "standin", "runtime/" + runtime)


def install_bundle(bundle=BUNDLE):
    flatpak("install", "--noninteractive", "--or-update", "--bundle", bundle)
    subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ReloadConfig"],
                   check=True, stdout=subprocess.DEVNULL)


def make_later_bundle():
    """A bundle of the same files in a later commit, as the next release is one."""
    repository = os.path.join(WORK, "repository")
    later = os.path.join(os.environ["SESSION_FOLDER"], "later")
    arch = subprocess.run(["flatpak", "--default-arch"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    ref = f"app/{ID}/{arch}/master"
    for step in (["ostree", "init", "--repo=" + later, "--mode=archive"],
                 ["flatpak", "build-commit-from", "--force", "--timestamp=NOW", "--subject=A later one", "--src-repo=" + repository,
                  "--src-ref=" + ref, later, ref],
                 ["flatpak", "build-bundle", later, later + ".flatpak", ID]):
        subprocess.run(step, check=True, stdout=subprocess.DEVNULL, timeout=120)
    return later + ".flatpak"


def command(*arguments, program="sobremesa", options=()):
    return ["flatpak", "run", "--user", *options, "--command=" + program, ID, *arguments]


def run(*arguments, program="sobremesa", timeout=120, given=None, options=()):
    """Runs a program in the sandbox to its end."""
    done = subprocess.run(command(*arguments, program=program, options=options), input=given, stdin=None if given else subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=timeout, check=False)
    return restaurant.Result(done.returncode, done.stdout, done.stderr)


def do(*arguments, **options):
    """Runs a program in the sandbox that has to succeed."""
    result = run(*arguments, **options)
    assert result.status == 0, f"{arguments}: {result}"
    return result


class Intake:
    """A context manager: "sobremesa intake" in the sandbox; @base is what it serves."""

    def __init__(self, *options):
        self.options = options
        self.process = self.base = None

    def __enter__(self):
        self.process = subprocess.Popen(command("--json", "intake", *self.options), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.base = json.loads(self.process.stdout.readline())["base"]
        return self

    def __exit__(self, *_):
        interrupt("sobremesa")
        assert self.process.wait(30) == 0


def instances():
    """[{column: text}] of the running sandboxes of the program."""
    columns = ("instance", "pid", "child-pid", "application")
    said = subprocess.run(["flatpak", "ps", "--columns=" + ",".join(columns)], check=True, stdout=subprocess.PIPE, text=True).stdout
    rows = [dict(zip(columns, line.split("\t"))) for line in said.splitlines()]
    return [row for row in rows if row.get("application") == ID]


def interrupt(name):
    os.kill(inner_pid(name), signal.SIGINT)


def inner_pid(name):
    """The id, outside, of a process of the sandbox by its program's name."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/comm", encoding="utf-8") as file:
                    comm = file.read().strip()
                if comm == name[:15] and os.path.exists(f"/proc/{entry}/root/.flatpak-info"):
                    return int(entry)
            except OSError:
                continue
    raise AssertionError(f"no {name} runs in the sandbox")
