#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# screenshots.sh TOP [FOLDER]: pictures of every page on the sample restaurant, light and dark, at 360, 800 and 1280 px.
set -eu

top=$1
folder=${2:-$top/_build/screenshots}
mkdir -p "$folder"
# The pointer stands in the middle of the screen: a large one keeps it off the window.
SOBRE_DISPLAY_SECONDS=300 SOBRE_DISPLAY_SCREEN=4000x2400x24 "$top/tests/display/with-display.sh" \
  env GSETTINGS_BACKEND=memory GTK_A11Y=none LC_ALL="${LC_ALL:-C.UTF-8}" "$top/_build/release/tests/display/take-screenshots" "$folder"
