# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the codes off printed pages, as a phone would: from a PDF that is rasterised at the resolution of a poor printer."""

import os
import subprocess

DPI = 150


def read_codes(pdf, dpi=DPI):
    """What an independent decoder reads off each page of a PDF, in the order of the pages."""
    stem = os.path.splitext(pdf)[0]
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", pdf, stem], check=True)
    folder, name = os.path.split(stem)
    codes = []
    for page in sorted(file for file in os.listdir(folder) if file.startswith(name + "-") and file.endswith(".png")):
        read = subprocess.run(["zbarimg", "--nodbus", "--quiet", "--raw", os.path.join(folder, page)], check=True, stdout=subprocess.PIPE, text=True)
        codes.append(read.stdout.strip())
    return codes
