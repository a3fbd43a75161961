#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandbox lets the program see, from inside it, as an ordinary user: its own, the network and a display, and nothing else."""

import os
import re
import socket
import threading

import installed

import tap

# What Flatpak itself and the runtime put there.
DEVICES = {"console", "core", "dri", "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero"}
BUS_NAMES = re.compile(r"^(:1\.\d+|org\.freedesktop\.DBus|io\.github\.sobremesa\.Sobremesa([.].*)?|org\.freedesktop\.portal\..*)$")
CONTEXT = {"shared": {"network", "ipc"}, "sockets": {"x11", "wayland", "fallback-x11"}, "devices": {"dri"}}


def shell(script):
    return installed.run("-c", script, program="sh")


def it_has_the_permissions_that_are_declared():
    said = installed.flatpak("info", "--show-permissions", installed.ID)
    section = re.findall(r"^\[(.*)\]$", said, re.MULTILINE)
    assert section == ["Context"], said
    assert {key: set(value.rstrip(";").split(";")) for key, value in re.findall(r"^(\w+)=(.*)$", said, re.MULTILINE)} == CONTEXT, said


def it_is_an_ordinary_process():
    status = shell("cat /proc/self/status").out
    fields = dict(re.findall(r"^(\w+):\s*(.*)$", status, re.MULTILINE))
    assert fields["Uid"].split()[0] != "0" and int(fields["CapEff"], 16) == int(fields["CapPrm"], 16) == 0, status
    assert fields["NoNewPrivs"] == "1" and fields["Seccomp"] == "2", status


def it_sees_no_file_of_the_user():
    home = os.environ["HOME"]
    with open(os.path.join(home, "diary.txt"), "w", encoding="utf-8") as file:
        file.write("private\n")
    for path in (file.name, installed.TOP, os.environ["SESSION_FOLDER"] + "/bus.log", "/var/lib/dpkg", "/etc/shadow"):
        result = shell(f"ls -d '{path}'")
        assert result.status != 0, f"{path} is there: {result}"
    seen = set(shell(f"ls -A '{home}'").out.split())
    assert seen <= {".var", ".local", ".cache", ".config"}, seen


def it_writes_nowhere_but_in_its_own_folders():
    for folder in ("/app", "/usr"):
        assert shell(f"touch {folder}/mine").status != 0, folder
    home = os.environ["HOME"]
    shell(f"mkdir -p '{home}/mine' && touch '{home}/mine/file' /tmp/mine")
    assert not os.path.exists(os.path.join(home, "mine")) and not os.path.exists("/tmp/mine"), "it left the sandbox"
    assert shell('touch "$XDG_DATA_HOME/mine" "$XDG_CACHE_HOME/mine"').status == 0
    assert os.path.exists(os.path.join(installed.DATA, "mine"))


def it_sees_no_device_but_the_graphics_card():
    seen = set(shell("ls /dev").out.split())
    assert seen <= DEVICES, seen - DEVICES


def it_sees_no_other_name_on_the_bus():
    listed = shell("dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ListNames").out
    names = re.findall(r'string "(.*)"', listed)
    strange = [name for name in names if not BUS_NAMES.match(name)]
    assert names and not strange, strange
    for name in ("org.freedesktop.secrets", "org.freedesktop.Flatpak", "org.freedesktop.impl.portal.PermissionStore"):
        refused = shell(f"dbus-send --session --print-reply --dest={name} / org.freedesktop.DBus.Peer.Ping")
        assert refused.status != 0, f"{name} answers: {refused}"


def it_reaches_the_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        got = []

        def take():
            connection = server.accept()[0]
            with connection:
                got.append(connection.recv(100))

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        port = server.getsockname()[1]
        sent = installed.run("-c", f"echo out >/dev/tcp/127.0.0.1/{port}", program="bash")
        thread.join(20)
    assert sent.status == 0 and got == [b"out\n"], f"{sent} {got}"


def its_query_process_reaches_nothing():
    """What runs a user's SQL is closed off once more, inside: the programs check that themselves and say so."""
    installed.do("init", "--sample")
    installed.do("sync")
    result = installed.do("--json", "query", "--sql", "SELECT count(*) AS n FROM responses")
    assert result.document["rows"][0][0] > 0 and "could not be" not in result.err, result


CASES = [it_has_the_permissions_that_are_declared, it_is_an_ordinary_process, it_sees_no_file_of_the_user,
         it_writes_nowhere_but_in_its_own_folders, it_sees_no_device_but_the_graphics_card, it_sees_no_other_name_on_the_bus,
         it_reaches_the_network, its_query_process_reaches_nothing]

installed.install_runtime()
installed.install_bundle()
tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
