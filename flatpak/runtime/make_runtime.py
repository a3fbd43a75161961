#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lays out the tree that this runs in as stand-ins for org.gnome.Platform and org.gnome.Sdk, where no Flatpak remote can be reached.

Each is the files of the packages of a list and of what those depend on, with what Debian's triggers made of them (caches, alternatives), under
/usr, and /etc below it, as Flatpak wants a runtime. It has the baseline's versions under the current runtime's name: what is built on it
uses nothing newer. The result is an OSTree repository that "flatpak remote-add" takes.

usage: make_runtime.py REPOSITORY BRANCH
"""

import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STATUS = "/var/lib/dpkg/status"
INFO = "/var/lib/dpkg/info"
# What only a booted Debian reads, and what Flatpak makes itself.
ETC_LEFT_OUT = re.compile(r"^(passwd|group|shadow|gshadow|subuid|subgid|machine-id|resolv\.conf|host\.conf|hosts|hostname|localtime|timezone|mtab|"
                          r"fstab|apt|dpkg|cron|init\.d|rc.\.d|systemd|security|pam|default|logrotate|kernel|profile\.d|update-motd|\.pwd|ld\.so)")
USR_LEFT_OUT = re.compile(r"^/usr/(share/(doc|man|info|lintian|bug|doc-base|bash-completion|zsh|fish|i18n|gtk-doc|vim|perl5/Debian)|"
                          r"lib/(systemd|udev|apt|init|debug)|games|local|src|sbin/(init|telinit))(/|$)|/__pycache__(/|$)|/libLLVM|/libgallium|/libz3")
# What the languages of the program need: the real runtime has every language's.
LOCALES = ("de_DE", "es_ES")
EPOCH = "2026-01-01T00:00:00Z"


def read_packages():
    """({name: [[alternative, …], …]}, {virtual name: name}) of the installed packages."""
    needs, provides = {}, {}
    with open(STATUS, encoding="utf-8") as file:
        stanzas = file.read().split("\n\n")
    for stanza in stanzas:
        fields = dict(re.findall(r"^([A-Za-z-]+): (.*)$", stanza, re.MULTILINE))
        if "installed" not in fields.get("Status", ""):
            continue
        name = fields["Package"]
        listed = ", ".join(fields[key] for key in ("Pre-Depends", "Depends") if key in fields)
        needs[name] = [[re.split(r"[ (:]", choice.strip())[0] for choice in need.split("|")] for need in listed.split(",") if need.strip()]
        for virtual in fields.get("Provides", "").split(","):
            provides.setdefault(re.split(r"[ (:]", virtual.strip())[0], name)
    return needs, provides


def closure(wanted, needs, provides):
    """The packages of a list and all that they depend on."""
    found, queue = set(), list(wanted)
    while queue:
        name = queue.pop()
        name = name if name in needs else provides.get(name)
        if name is None:
            sys.exit(f"the tree does not have {name}")
        if name in found:
            continue
        found.add(name)
        for choices in needs[name]:
            queue.append(next((choice for choice in choices if choice in needs or choice in provides), None) or sys.exit(f"{name} lacks {choices}"))
    return found


def files_of(package):
    for name in (package, package + ":amd64", package + ":arm64"):
        path = os.path.join(INFO, name + ".list")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return {os.path.join(os.path.realpath(os.path.dirname(line)), os.path.basename(line)) for line in file.read().splitlines()}
    return set()


def copy_entry(source, target):
    if os.path.islink(source):
        if not os.readlink(source).startswith("/var/"):
            os.symlink(os.readlink(source), target)
    elif os.path.isfile(source):
        shutil.copyfile(source, target)
        os.chmod(target, 0o755 if os.access(source, os.X_OK) else 0o644)


def copy_usr(target, left_out):
    """/usr without the files in @left_out."""
    for folder, folders, names in os.walk("/usr"):
        folders[:] = [name for name in folders if not USR_LEFT_OUT.search(os.path.join(folder, name))]
        here = target + folder.removeprefix("/usr")
        made = False
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in names + links:
            path = os.path.join(folder, name)
            if path in left_out or USR_LEFT_OUT.search(path):
                continue
            if not made:
                os.makedirs(here, exist_ok=True)
                made = True
            copy_entry(path, os.path.join(here, name))


def copy_etc(target):
    for folder, folders, names in os.walk("/etc"):
        if folder == "/etc":
            folders[:] = [name for name in folders if not ETC_LEFT_OUT.match(name)]
            names = [name for name in names if not ETC_LEFT_OUT.match(name)]
        here = target + folder.removeprefix("/etc")
        os.makedirs(here, exist_ok=True)
        for name in names + [name for name in folders if os.path.islink(os.path.join(folder, name))]:
            if os.access(os.path.join(folder, name), os.R_OK) or os.path.islink(os.path.join(folder, name)):
                copy_entry(os.path.join(folder, name), os.path.join(here, name))


def lay_out(folder, name, left_out, arch, branch):
    triplet = f"{arch}-linux-gnu"
    usr = os.path.join(folder, "usr")
    copy_usr(usr, left_out)
    copy_etc(os.path.join(usr, "etc"))
    with open(os.path.join(usr, "etc", "ld.so.conf"), "w", encoding="utf-8") as file:
        file.write(f"include /run/flatpak/ld.so.conf.d/app-*.conf\ninclude /app/etc/ld.so.conf\n/app/lib\n/usr/lib/{triplet}\n/usr/lib\n"
                   "include /run/flatpak/ld.so.conf.d/runtime-*.conf\n")
    for path in ("files", "var", "usr/share/runtime", "usr/lib/extensions", f"usr/lib/{triplet}/GL"):
        os.makedirs(os.path.join(folder, path), exist_ok=True)
    with open(os.path.join(folder, "metadata"), "w", encoding="utf-8") as file:
        file.write(f"[Runtime]\nname={name}\nruntime=org.gnome.Platform/{arch}/{branch}\nsdk=org.gnome.Sdk/{arch}/{branch}\n\n"
                   "[Environment]\nGI_TYPELIB_PATH=/app/lib/girepository-1.0\n"
                   "XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share\n")


def add_locales(folder):
    for name in LOCALES:
        subprocess.run(["localedef", "--inputfile=" + name, "--charmap=UTF-8", "--no-archive", os.path.join(folder, "usr", "lib", "locale", name + ".UTF-8")],
                       check=True)


def read_list(name):
    with open(os.path.join(HERE, name + ".packages"), encoding="utf-8") as file:
        return [word for line in file if not line.startswith("#") for word in line.split()]


def main():
    repository, branch = sys.argv[1:]
    needs, provides = read_packages()
    arch = subprocess.run(["flatpak", "--default-arch"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    subprocess.run(["ostree", "init", "--repo=" + repository, "--mode=bare-user-only"], check=True)
    platform = read_list("platform")
    owned = {name: files_of(name) for name in needs}
    for name, wanted in (("org.gnome.Platform", platform), ("org.gnome.Sdk", platform + read_list("sdk"))):
        kept = closure(wanted, needs, provides)
        ours = set().union(*(owned[package] for package in kept))
        left_out = set().union(*(owned[package] for package in needs if package not in kept)) - ours
        folder = os.path.join(os.path.dirname(repository), name)
        lay_out(folder, name, left_out, arch, branch)
        add_locales(folder)
        subprocess.run(["flatpak", "build-export", "--disable-fsync", "--runtime", "--no-update-summary", "--timestamp=" + EPOCH,
                        "-s", f"Debian's packages as {name}", repository, folder, branch], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder)
    subprocess.run(["flatpak", "build-update-repo", repository], check=True, stdout=subprocess.DEVNULL)


main()
