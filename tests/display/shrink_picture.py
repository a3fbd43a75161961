#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A screenshot as small as it gets without a change, and with fewer colours when that is not small enough for a page on the network.

usage: shrink_picture.py FROM TO
"""

import os
import sys

from PIL import Image

COLOURS = 256
BYTES = 200_000


def main():
    """Without dithering: a screen has areas of one colour."""
    picture = Image.open(sys.argv[1]).convert("RGB")
    picture.save(sys.argv[2], optimize=True)
    if os.path.getsize(sys.argv[2]) > BYTES:
        picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(sys.argv[2], optimize=True)


if __name__ == "__main__":
    main()
