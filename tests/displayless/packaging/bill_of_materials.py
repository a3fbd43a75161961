#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bill of materials of this build: that it is well-formed SPDX 2.3, the same each time, and that no library is missing, as the installed
programs' own lists of libraries say.

usage: bill_of_materials.py BUILD
"""

import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.environ["SOBRE_TEST_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "lib"))

import tap

BUILD = sys.argv[1]
SCRIPT = os.path.join(SOURCE, "flatpak", "sdk", "bill_of_materials.py")
# Parts of a library that the table names, or of the C library.
PARTS = {"libgobject-2.0", "libpango-1.0", "libm", "libc"}


def make(source=SOURCE, *more, moment="1764000000"):
    return subprocess.run([sys.executable, SCRIPT, source, BUILD, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=60,
                          env={**os.environ, "SOURCE_DATE_EPOCH": moment})


def document(*more):
    done = make(*more)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def it_is_well_formed():
    bill = document()
    assert bill["spdxVersion"] == "SPDX-2.3" and bill["dataLicense"] == "CC0-1.0" and bill["SPDXID"] == "SPDXRef-DOCUMENT"
    assert bill["creationInfo"]["created"] == "2025-11-24T16:00:00Z"
    ids = [package["SPDXID"] for package in bill["packages"]]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", name) for name in ids), ids
    for relation in bill["relationships"]:
        assert relation["spdxElementId"] in ids + ["SPDXRef-DOCUMENT"] and relation["relatedSpdxElement"] in ids, relation
    for package in bill["packages"]:
        assert re.fullmatch(r"\d[\w.]*", package["versionInfo"]), package
        assert re.fullmatch(r"[A-Za-z0-9.-]+( OR [A-Za-z0-9.-]+)*", package["licenseDeclared"]), package


def it_is_the_same_each_time():
    assert make().stdout == make().stdout


def it_names_the_archive_it_is_of():
    with tempfile.NamedTemporaryFile(suffix=".tar.xz") as archive:
        archive.write(b"source")
        archive.flush()
        ours = document(SOURCE, archive.name)["packages"][0]
    assert ours["packageFileName"] == os.path.basename(archive.name)
    assert ours["checksums"][0]["checksumValue"] == "41cf6794ba4200b839c53531555f0f3998df4cbb01a4d5cb0b94e3ca5e23947d"


def no_library_of_the_programs_is_missing():
    modules = {package["externalRefs"][0]["referenceLocator"].split("/")[1].split("@")[0] for package in document()["packages"]}
    flags = subprocess.run(["pkg-config", "--libs-only-l", *sorted(modules - {"sobremesa"})], check=True, stdout=subprocess.PIPE, text=True).stdout
    known = {"lib" + flag.removeprefix("-l") for flag in flags.split()} | PARTS
    programs = [os.path.join(os.environ["SOBRE_TEST_BINDIR"], "sobremesa")]
    folder = os.environ["SOBRE_TEST_LIBEXECDIR"]
    programs += [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    assert len(programs) >= 4
    for program in programs:
        said = subprocess.run(["readelf", "--dynamic", program], check=True, stdout=subprocess.PIPE, text=True).stdout
        needed = {name for name in re.findall(r"\(NEEDED\).*\[(lib[^]]+)\.so[^]]*\]", said) if not name.endswith("san")}
        assert needed and needed <= known, f"{program} needs {needed - known}"


def a_library_without_a_row_is_an_error():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "docs"))
        with open(os.path.join(SOURCE, "docs", "dependencies.md"), encoding="utf-8") as file:
            rows = [line for line in file if "| yyjson |" not in line]
        with open(os.path.join(folder, "docs", "dependencies.md"), "w", encoding="utf-8") as file:
            file.writelines(rows)
        done = make(folder)
    assert done.returncode == 1 and b"yyjson" in done.stderr, done.stderr


CASES = [it_is_well_formed, it_is_the_same_each_time, it_names_the_archive_it_is_of, no_library_of_the_programs_is_missing,
         a_library_without_a_row_is_an_error]
tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
