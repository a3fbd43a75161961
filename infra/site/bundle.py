#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joins the form's ES modules into the one script that guests load, and drops what only readers need.

usage: bundle.py [--module] OUTPUT MODULE…

A guest's first load is one round trip and few bytes. The modules come in the order in which they need each other; each declares its
names once, so that joining them is taking the import lines and the word "export" away. A comment stands on lines of its own, and no
text runs over a line's end, so that whole lines can be dropped and indentation cut. A style sheet is treated likewise. With --module the script stays a
module, which another one loads by itself.
"""

import re
import sys


def strip(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "import ")))


def join(paths):
    parts = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            parts.append(strip(file.read()))
    return "\n".join(parts)


def main():
    module = sys.argv[1] == "--module"
    output, *paths = sys.argv[1 + module:]
    text = join(paths)
    if output.endswith(".js") and not module:
        text = '(() => {\n"use strict";\n' + re.sub(r"^export ", "", text, flags=re.MULTILINE) + "\n})();"
    with open(output, "w", encoding="utf-8") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    main()
