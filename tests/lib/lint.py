#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the rules of docs/conventions.md that a program can check.

usage: lint.py TOP [--no-tidy]

Each check is a function that yields "file:line: message". A rule that has exceptions keeps them here, each with its reason.
"""

import json
import os
import re
import subprocess
import sys

SOURCE = (".c", ".h")
CODE = (".c", ".h", ".js", ".py", ".blp", ".css", ".sh", ".sql")
SPDX = ("SPDX-FileCopyrightText: The Sobremesa developers", "SPDX-License-Identifier: GPL-3.0-or-later")
FILE_LINES = 800
FUNCTION_LINES = 100
# Written by a person for machines or by a tool from sources that carry the lines themselves.
NO_SPDX = (".md", ".json", ".png", ".svg", ".po", ".pot", ".csv", ".supp", ".txt", ".gz", ".lua")
NO_SPDX_NAMES = {"COPYING", ".gitignore", "LINGUAS", "POTFILES", ".clang-tidy"}


class Tree:
    """The files that git tracks, read once."""

    def __init__(self, top):
        self.top = top
        listed = subprocess.run(["git", "-C", top, "-c", "safe.directory=*", "ls-files", "-z"], check=True, stdout=subprocess.PIPE)
        self.names = [name for name in listed.stdout.decode().split("\0") if name and os.path.isfile(os.path.join(top, name))]
        self.texts = {}
        for name in self.names:
            with open(os.path.join(top, name), "rb") as file:
                data = file.read()
            if b"\0" not in data:
                self.texts[name] = data.decode("utf-8", "replace")

    def lines(self, *endings, under=""):
        for name, text in self.texts.items():
            if name.endswith(endings) and name.startswith(under):
                for number, line in enumerate(text.splitlines(), 1):
                    yield name, number, line


def strip_comments(text):
    """The text with comments and string literals blanked, line numbers kept."""
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def check_licence(tree):
    for name, text in tree.texts.items():
        if name.endswith(NO_SPDX) or os.path.basename(name) in NO_SPDX_NAMES:
            continue
        head = text[:1200]
        if not all(line in head for line in SPDX):
            yield f"{name}:1: the two SPDX lines are missing"


def check_file_length(tree):
    for name, text in tree.texts.items():
        if name.endswith(CODE) and text.count("\n") > FILE_LINES:
            yield f"{name}:1: {text.count(chr(10))} lines, {FILE_LINES} is the limit"


def functions(text):
    """Yields (line, name, length) of each function definition in GNU style: name and brace at the line's beginning."""
    lines = strip_comments(text).splitlines()
    name = start = None
    for number, line in enumerate(lines, 1):
        head = re.match(r"^([a-z_]\w*) \(", line)
        if head:
            name, named_at = head.group(1), number
        if line == "{" and name:
            start = named_at
        elif line == "}" and start:
            yield start, name, number - start + 1
            name = start = None


def check_function_length(tree):
    for name, text in tree.texts.items():
        if name.endswith(".c"):
            for line, function, length in functions(text):
                if length > FUNCTION_LINES and not function.endswith(("_class_init", "_get_property", "_set_property")):
                    yield f"{name}:{line}: {function} has {length} lines, {FUNCTION_LINES} is the limit"


def check_forbidden(tree):
    rules = [
        (r"\bgoto\b", "", "no goto"),
        (r"\b(printf|puts|putchar|g_print|g_printerr)\s*\(", "data/", "libraries do not print"),  # programs do, see below
        (r"\b(printf|puts|putchar|g_print|g_printerr)\s*\(", "ui/", "the window does not print"),
        (r"\b(strcpy|strcat|sprintf|gets|alloca|strtok|g_alloca|system|popen)\s*\(", "", "unsafe call"),
        (r"\bg_timeout_add(_full|_seconds)?\s*\(", "ui/", "use a frame clock or a future instead of a bare timeout"),
        (r"\b(sqlite3_|curl_easy_|curl_multi_|soup_)\w+\s*\(", "ui/", "belongs below the window"),
        (r"\b(g_file_get_contents|g_file_load_contents|g_file_set_contents|json_parser_load_from_file)\s*\(", "ui/",
         "no synchronous file I/O in the window"),
        (r"\bg_main_context_iteration\s*\(", "ui/", "no nested main loop"),
        (r"\b(gtk_label_set_markup|set_markup)\s*\(", "ui/", "never markup with data: use attributes or plain text"),
        (r"\bdex_aio_\w+\s*\(", "", "file I/O is blocking calls on pool threads"),
        (r"\bg_application_get_default\s*\(", "", "pass the workspace instead"),
    ]
    for name, text in tree.texts.items():
        if not name.endswith(SOURCE) or name.startswith("tests/"):
            continue
        for number, line in enumerate(strip_comments(text).splitlines(), 1):
            for pattern, under, why in rules:
                if why == "libraries do not print" and "/program/" in name:
                    continue
                if name.startswith(under) and not (under == "ui/" and name.startswith("ui/plot/") and "file I/O" in why):
                    if re.search(pattern, line):
                        yield f"{name}:{number}: {why}: {line.strip()[:60]}"


def check_globals(tree):
    """A writable static or global at file level; G_DEFINE macros make theirs out of sight."""
    pattern = re.compile(r"^static (?!const\b|inline\b|void\b)[^(]*;|^static (?!const\b)[\w \*]+\[[^\]]*\]\s*=")
    for name, text in tree.texts.items():
        if name.endswith(".c") and not name.startswith("tests/"):
            for number, line in enumerate(strip_comments(text).splitlines(), 1):
                if pattern.match(line) and " const " not in line and "G_DEFINE" not in line:
                    yield f"{name}:{number}: writable static: {line.strip()[:60]}"


def check_markers(tree):
    pattern = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    for name, number, line in tree.lines(*CODE, "meson.build"):
        if pattern.search(line) and name != "tests/lib/lint.py":
            yield f"{name}:{number}: finish it or write an issue"


def check_hosts(tree):
    pattern = re.compile(r"deb\.debian\.org|pypi\.org|pythonhosted|registry\.npmjs|crates\.io|repo1?\.maven|proxy\.golang")
    for name, text in tree.texts.items():
        if name == "tests/lib/lint.py":
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield f"{name}:{number}: names a package registry's host"
            if re.search(r"(?<![\w.])/(work|farm|root)/\w", line):
                yield f"{name}:{number}: names a path of one machine"


def check_public_docs(tree):
    """Every G_DECLARE has a docstring that names its type."""
    for name, text in tree.texts.items():
        if name.endswith(".h") and not name.startswith("tests/"):
            for match in re.finditer(r"^G_DECLARE_\w+ \((\w+)", text, re.MULTILINE):
                if not re.search(rf"{match.group(1)}\w*:", text):
                    yield f"{name}:{text[:match.start()].count(chr(10)) + 1}: {match.group(1)} has no docstring"


def check_potfiles(tree):
    listed = {line for line in tree.texts.get("po/POTFILES", "").splitlines() if line and not line.startswith("#")}
    for name, text in tree.texts.items():
        if name.startswith(("tests/", "docs/")) or not name.endswith((".c", ".blp")):
            continue
        body = text if name.endswith(".blp") else re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        if re.search(r'\b(N?C?_|ngettext) ?\(\s*"', body) and name not in listed:
            yield f"{name}:1: has translatable text and is not in po/POTFILES"
    for name in listed:
        if name not in tree.texts:
            yield f"po/POTFILES:1: {name} does not exist"


def check_suppressions(tree):
    pattern = re.compile(r"NOLINT|cppcheck-suppress|eslint-disable|noqa|pylint: *disable|shellcheck disable|pragma GCC diagnostic ignored")
    for name, number, line in tree.lines(*CODE):
        match = pattern.search(line)
        if match and name != "tests/lib/lint.py" and len(line[match.end():].strip(" :*/-()[]")) < 12:
            yield f"{name}:{number}: a suppression without a reason beside it"


def changed_c_files(tree):
    return [name for name in tree.names if name.endswith(SOURCE)]


def check_format(tree):
    names = changed_c_files(tree)
    if not names:
        return
    run = subprocess.run(["clang-format-19", "--dry-run", *names], cwd=tree.top, check=False, text=True, stderr=subprocess.PIPE)
    seen = set()
    for line in run.stderr.splitlines():
        match = re.match(r"^([^:]+):(\d+):\d+: (?:warning|error): code should be clang-formatted", line)
        if match and match.group(1) not in seen:
            seen.add(match.group(1))
            yield f"{match.group(1)}:{match.group(2)}: not formatted (./dev format)"


def check_shell(tree):
    names = [name for name, text in tree.texts.items() if text.startswith(("#!/bin/sh", "#!/bin/bash")) or name.endswith(".sh")]
    run = subprocess.run(["shellcheck", "-x", "-f", "gcc", "-e", "SC1091,SC2154,SC2034", *names], cwd=tree.top, check=False, text=True,
                         stdout=subprocess.PIPE)
    yield from run.stdout.splitlines()


def check_python(tree):
    names = [name for name in tree.names if name.endswith(".py")]
    for name in names:
        try:
            compile(tree.texts[name], name, "exec")
        except SyntaxError as error:
            yield f"{name}:{error.lineno}: {error.msg}"


def check_json(tree):
    for name, text in tree.texts.items():
        if name.endswith(".json"):
            try:
                json.loads(text)
            except ValueError as error:
                yield f"{name}:1: {error}"


def check_cppcheck(tree):
    """Few, chosen checks: those that find bugs. Its leak checks know nothing of g_autoptr and of pointers that queues own."""
    chosen = ("nullPointer:", "arrayIndexOutOfBounds", "bufferAccessOutOfBounds", "zerodiv", "doubleFree", "invalidFree", "negativeIndex",
              "uninitStructMember", "shiftTooManyBits:", "integerOverflow", "invalidPrintf", "wrongPrintfScanfArgNum", "returnDanglingLifetime")
    names = [name for name in tree.names if name.endswith(".c") and not name.startswith("tests/")]
    if not names:
        return
    run = subprocess.run(
        ["cppcheck", "-j2", "--quiet", "--enable=portability", "--std=c11", "--library=gtk", "--inline-suppr",
         "--suppress=missingIncludeSystem", "--suppress=unknownMacro", "--suppress=syntaxError", "--template={file}:{line}: {id}: {message}",
         "-Idata", "-Iapp", "-Iui", "-Iui/plot", *names], cwd=tree.top, check=False, text=True, stderr=subprocess.PIPE)
    yield from (line for line in run.stderr.splitlines() if any(name in line for name in chosen))


CHECKS = [
    check_licence, check_file_length, check_function_length, check_forbidden, check_globals, check_markers, check_hosts,
    check_public_docs, check_potfiles, check_suppressions, check_format, check_shell, check_python, check_json, check_cppcheck,
]


def main():
    tree = Tree(sys.argv[1])
    wanted = sys.argv[2:]
    found = 0
    for check in CHECKS:
        name = check.__name__.removeprefix("check_")
        if wanted and name not in wanted:
            continue
        problems = list(check(tree))
        found += len(problems)
        print(f"{name}: {len(problems) or 'ok'}")
        for problem in problems:
            print(f"  {problem}")
    print(f"lint: {found} problems" if found else "lint: clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
