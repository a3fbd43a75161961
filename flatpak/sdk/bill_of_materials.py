#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the bill of materials of a build to stdout, as SPDX 2.3 in JSON ("SPDX Specification 2.3", clauses 6 to 11).

The libraries and their versions are those that meson found; their licences come from the table of docs/dependencies.md. A library that only
one of the two knows is an error, so neither can be forgotten. The same build and source give the same bytes.

usage: bill_of_materials.py SOURCE BUILD [ARCHIVE]
"""

import datetime
import hashlib
import json
import os
import re
import subprocess
import sys

HOME = "https://sobremesa.github.io"


def read_table(source):
    """{pkg-config name: (the library's name, its licence, the name its version is taken from)}"""
    table = {}
    with open(os.path.join(source, "docs", "dependencies.md"), encoding="utf-8") as file:
        for line in file:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if len(cells) == 5 and re.match(r"[a-z]", cells[1]) and cells[0] != "library":
                names = cells[1].split()
                table.update({name: (cells[0], cells[2], names[0]) for name in names})
    return table


def introspect(build, what):
    return json.loads(subprocess.run(["meson", "introspect", build, "--" + what], check=True, stdout=subprocess.PIPE).stdout)


def find_libraries(source, build):
    """[(name, pkg-config name, version, licence)], one for each row of the table."""
    found = {entry["name"]: entry["version"] for entry in introspect(build, "dependencies") if entry["type"] == "pkgconfig"}
    table = read_table(source)
    unknown = sorted(set(found) - set(table))
    unused = sorted(set(table) - set(found))
    if unknown or unused:
        sys.exit(f"docs/dependencies.md and the build disagree: the table lacks {unknown}, the build lacks {unused}")
    rows = {first: (name, first, found[first], licence) for name, licence, first in table.values()}
    return [rows[first] for first in sorted(rows)]


def package(identifier, name, version, licence, purl, **more):
    return {"SPDXID": f"SPDXRef-{identifier}", "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
            "licenseConcluded": licence, "licenseDeclared": licence, "copyrightText": "NOASSERTION", "supplier": "NOASSERTION",
            "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}], **more}


def last_change(source):
    """When the source was last changed, as the archive's makers agree on it."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if seconds is None:
        log = subprocess.run(["git", "-C", source, "-c", "safe.directory=*", "log", "-1", "--format=%ct"], check=True, stdout=subprocess.PIPE)
        seconds = log.stdout
    return datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_bill(source, build, archive):
    project = introspect(build, "projectinfo")
    version = project["version"]
    libraries = find_libraries(source, build)
    ours = {"primaryPackagePurpose": "APPLICATION", "homepage": HOME, "supplier": "Organization: The Sobremesa developers",
            "copyrightText": "The Sobremesa developers"}
    if archive is not None:
        with open(archive, "rb") as file:
            ours["checksums"] = [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(file.read()).hexdigest()}]
        ours["packageFileName"] = os.path.basename(archive)
    packages = [package("Sobremesa", "sobremesa", version, project["license"][0], f"pkg:generic/sobremesa@{version}", **ours)]
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-Sobremesa"}]
    for name, module, found, licence in libraries:
        identifier = "Library-" + re.sub(r"[^A-Za-z0-9.-]", "-", module)
        packages.append(package(identifier, name, found, licence, f"pkg:generic/{module}@{found}", primaryPackagePurpose="LIBRARY"))
        relations.append({"spdxElementId": "SPDXRef-Sobremesa", "relationshipType": "DYNAMIC_LINK",
                          "relatedSpdxElement": f"SPDXRef-{identifier}"})
    content = hashlib.sha256(json.dumps([packages, relations], sort_keys=True).encode()).hexdigest()
    json.dump({"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"sobremesa-{version}",
               "documentNamespace": f"{HOME}/spdx/sobremesa-{version}-{content[:16]}",
               "creationInfo": {"created": last_change(source), "creators": ["Tool: bill_of_materials.py"]},
               "packages": packages, "relationships": relations}, sys.stdout, indent=2, ensure_ascii=False)
    print()


if __name__ == "__main__":
    write_bill(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
