#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the manual page sobremesa(1).

usage: manual.py SOBREMESA CLI.md OUTPUT

Commands and options come from the program itself ("sobremesa --json … --help"), the prose from docs/cli.md: nothing is written twice.
"""

import json
import os
import re
import subprocess
import sys

SECTION = 1


def ask(program, *arguments):
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    run = subprocess.run([program, "--json", *arguments], check=True, stdout=subprocess.PIPE, env=environment)
    return json.loads(run.stdout)


def escape(text):
    """Text as roff has it: no line may begin a request, and a dash that is typed is a minus sign."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("…", "...")
    return "\\&" + text if text.startswith((".", "'")) else text


def inline(text):
    """Markdown's links, code and emphasis."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    parts = re.split(r"`([^`]*)`", text)
    return "".join(f"\\fB{escape(part)}\\fR" if number % 2 else escape(part) for number, part in enumerate(parts))


def prose(lines):
    """Paragraphs and bullets of markdown, without its code blocks and comments."""
    text = re.sub(r"^```.*?^```$|^<!--.*?-->$", "", "\n".join(lines), flags=re.DOTALL | re.MULTILINE)
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith("- "):
            for item in re.split(r"^- ", paragraph, flags=re.MULTILINE)[1:]:
                yield ".IP \\(bu 3"
                yield inline(" ".join(item.split()))
            yield ".PP"
        elif paragraph:
            yield ".PP"
            yield inline(" ".join(paragraph.split()))


def read_manual(path):
    """The lines below each heading, those before the first under None."""
    sections, name = {None: []}, None
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("## "):
                name = line[3:].strip()
                sections[name] = []
            elif not line.startswith("# "):
                sections[name].append(line)
    return sections


def options(entries):
    for entry in entries:
        names = ([f"\\fB\\-{entry['letter']}\\fR"] if entry["letter"] else []) + [f"\\fB\\-\\-{escape(entry['name'])}\\fR"]
        yield ".TP"
        yield ", ".join(names) + (f" \\fI{escape(entry['value'])}\\fR" if entry["value"] else "")
        yield escape(entry["summary"])


def usage(name, arguments):
    """Capitals are what the user puts in."""
    words = [f"\\fI{escape(word)}\\fR" if re.fullmatch(r"[A-Z][A-Z:,=]*", word) else escape(word)
             for word in re.split(r"([A-Z][A-Z:,=]*)", arguments) if word]
    return " ".join([f"\\fBsobremesa {escape(name)}\\fR", "".join(words)]).strip()


def page(program, manual):
    general = ask(program, "--help")
    version = ask(program, "--version")["version"]
    yield ".\\\" SPDX-FileCopyrightText: The Sobremesa developers"
    yield ".\\\" SPDX-License-Identifier: GPL-3.0-or-later"
    yield f'.TH SOBREMESA {SECTION} "" "Sobremesa {version}" "User Commands"'
    yield ".SH NAME"
    yield "sobremesa \\- collect what restaurant guests think, and show it"
    yield ".SH SYNOPSIS"
    yield "\\fBsobremesa\\fR [\\fIOPTIONS\\fR] [\\fICOMMAND\\fR [\\fIARGUMENTS\\fR]]"
    yield ".SH DESCRIPTION"
    yield escape(general["summary"])
    yield from prose(manual[None])
    yield ".SH OPTIONS"
    yield from options(general["options"])
    yield ".SH COMMANDS"
    for command in general["commands"]:
        own = ask(program, *command["name"].split(), "--help")
        yield f".SS {escape(command['name'])}"
        yield usage(command["name"], command["arguments"])
        yield ".PP"
        yield escape(command["summary"]) + "."
        yield from prose(manual[command["name"]])
        yield from options(own["options"])
    for name, lines in manual.items():
        if name is not None and name not in [command["name"] for command in general["commands"]]:
            yield f".SH {escape(name.upper())}"
            yield from prose(lines)
    yield ".SH SEE ALSO"
    yield "The documents that come with the program\\(aqs source say how everything fits together."


def main():
    program, manual, output = sys.argv[1:]
    text = "\n".join(page(program, read_manual(manual))) + "\n"
    with open(output, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
