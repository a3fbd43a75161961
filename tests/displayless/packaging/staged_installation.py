#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a packager's "meson install --destdir" puts where, and whether a desktop can use it: the files are taken from the staged prefix.

usage: staged_installation.py BUILD PREFIX APP_ID
"""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import tap

BUILD, PREFIX, APP_ID = sys.argv[1:]
MIME = "application/vnd.sobremesa.workspace+json"
EXPECTED = (
    "bin/sobremesa",
    "libexec/sobremesa/sobremesa-window",
    "libexec/sobremesa/sobremesa-intake",
    "libexec/sobremesa/sobremesa-query",
    f"share/applications/{APP_ID}.desktop",
    f"share/dbus-1/services/{APP_ID}.service",
    f"share/glib-2.0/schemas/{APP_ID}.gschema.xml",
    f"share/gnome-shell/search-providers/{APP_ID}.search-provider.ini",
    f"share/icons/hicolor/scalable/apps/{APP_ID}.svg",
    f"share/icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg",
    "share/man/man1/sobremesa.1",
    f"share/metainfo/{APP_ID}.metainfo.xml",
    f"share/mime/packages/{APP_ID}.xml",
    "share/sobremesa/sample/form.json",
    "share/sobremesa/sample/menu.json",
)
STAGE = tempfile.mkdtemp(prefix="sobremesa-stage-")


def staged(*names):
    return os.path.join(STAGE, PREFIX.lstrip("/"), *names)


def read_keys(path):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser


def run(*command, **options):
    """The output of a command that has to succeed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False, **options)
    assert done.returncode == 0, f"{command}: {done.stdout}"
    return done.stdout


def everything_is_in_its_place():
    missing = [name for name in EXPECTED if not os.path.isfile(staged(name))]
    assert not missing, missing


def nothing_is_outside_the_prefix():
    for folder, _, names in os.walk(STAGE):
        for name in names:
            path = os.path.join(folder, name)
            assert path.startswith(staged() + os.sep), path


def no_cache_of_a_desktop_is_made():
    """Caches belong to whoever installs the stage: a packaged one would overwrite every other program's."""
    for name in ("share/applications/mimeinfo.cache", "share/icons/hicolor/icon-theme.cache", "share/glib-2.0/schemas/gschemas.compiled",
                 "share/mime/mime.cache"):
        assert not os.path.exists(staged(name)), name


def descriptions_are_valid():
    run("desktop-file-validate", staged(f"share/applications/{APP_ID}.desktop"))
    run("appstreamcli", "validate", "--no-net", "--strict", staged(f"share/metainfo/{APP_ID}.metainfo.xml"))
    run("glib-compile-schemas", "--strict", "--dry-run", staged("share/glib-2.0/schemas"))


def activation_starts_an_installed_program():
    service = read_keys(staged(f"share/dbus-1/services/{APP_ID}.service"))["D-BUS Service"]
    assert service["Name"] == APP_ID
    program = service["Exec"].split()[0]
    assert os.access(STAGE + program, os.X_OK), program


def desktop_file_and_description_agree():
    desktop = read_keys(staged(f"share/applications/{APP_ID}.desktop"))
    entry = desktop["Desktop Entry"]
    component = ElementTree.parse(staged(f"share/metainfo/{APP_ID}.metainfo.xml")).getroot()
    assert entry["DBusActivatable"] == "true"
    assert entry["Icon"] == component.findtext("id") == APP_ID
    assert component.findtext("launchable") == f"{APP_ID}.desktop"
    assert entry["MimeType"] == MIME + ";" and component.findtext("provides/mediatype") == MIME
    for action in entry["Actions"].rstrip(";").split(";"):
        assert desktop[f"Desktop Action {action}"]["Name"], action


def release_is_the_one_that_is_described():
    version = re.search(r"[\d.]+", run(os.path.join(os.environ["SOBRE_TEST_BINDIR"], "sobremesa"), "--version")).group()
    component = ElementTree.parse(staged(f"share/metainfo/{APP_ID}.metainfo.xml")).getroot()
    newest = component.find("releases/release")
    assert newest.get("version") == version, f"the program is {version}, the description ends with {newest.get('version')}"
    assert newest.find("description") is not None


def screenshots_are_in_the_source():
    component = ElementTree.parse(staged(f"share/metainfo/{APP_ID}.metainfo.xml")).getroot()
    images = component.findall("screenshots/screenshot/image")
    assert images
    for image in images:
        path = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "docs", os.path.basename(image.text))
        with open(path, "rb") as file:
            head = file.read(24)
        assert head[:8] == b"\x89PNG\r\n\x1a\n", path
        size = tuple(int.from_bytes(head[at:at + 4], "big") for at in (16, 20))
        assert size == (int(image.get("width")), int(image.get("height"))), f"{path}: {size}"


def workspace_is_known_by_its_file():
    """The shared database, with ours beside the one that every desktop has."""
    data = os.path.join(STAGE, "data")
    os.makedirs(os.path.join(data, "mime"))
    shutil.copytree(staged("share/mime/packages"), os.path.join(data, "mime", "packages"))
    shutil.copytree(staged("share/applications"), os.path.join(data, "applications"))
    run("update-mime-database", os.path.join(data, "mime"))
    run("update-desktop-database", os.path.join(data, "applications"))
    environment = {**os.environ, "XDG_DATA_HOME": data, "XDG_DATA_DIRS": "/usr/share", "LC_ALL": "C.UTF-8",
                   "PATH": staged("bin") + os.pathsep + os.environ["PATH"]}
    for name, expected in (("workspace.json", MIME), ("form.json", "application/json")):
        path = os.path.join(data, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("{}\n")
        said = run("gio", "info", "--attributes=standard::content-type", path, env=environment)
        assert f"standard::content-type: {expected}\n" in said, said
    assert f"{APP_ID}.desktop" in run("gio", "mime", MIME, env=environment)


def icons_can_be_drawn():
    for path in (f"share/icons/hicolor/scalable/apps/{APP_ID}.svg", f"share/icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg"):
        root = ElementTree.parse(staged(path)).getroot()
        assert root.get("width") == root.get("height") == ("16" if "symbolic" in path else "128")
        picture = os.path.join(STAGE, "icon.png")
        run("rsvg-convert", "--width", "32", "--height", "32", "--output", picture, staged(path))
        assert int(run("convert", picture, "-format", "%k", "info:")) > 1, f"{path} is one colour"


CASES = [everything_is_in_its_place, nothing_is_outside_the_prefix, no_cache_of_a_desktop_is_made, descriptions_are_valid,
         activation_starts_an_installed_program, desktop_file_and_description_agree, release_is_the_one_that_is_described,
         screenshots_are_in_the_source, workspace_is_known_by_its_file, icons_can_be_drawn]


def main():
    try:
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", STAGE)
        tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
    finally:
        shutil.rmtree(STAGE, ignore_errors=True)


main()
