#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# screenshots.sh TOP [FOLDER [LOOK…]]: pictures on the sample restaurant, at 360, 800 and 1280 px: every page, dialog and state of the
# window, light and dark ("plain"), the same in high contrast ("contrast"), from right to left ("rtl") and with large text ("large"); and
# the guests' form ("form"). The screenshot-*.png that "plain" makes of them are those in docs/, which README.md and the metainfo show.
set -eu

top=$1
folder=${2:-$top/_build/screenshots}
mkdir -p "$folder"
shift "$(($# < 2 ? $# : 2))"
[ $# -gt 0 ] || set -- plain contrast rtl large form

# take LOOK [NAME=VALUE…]: the pointer stands in the middle of the screen: a large one keeps it off the window.
take() {
  look=$1
  shift
  SOBRE_DISPLAY_SECONDS=600 SOBRE_DISPLAY_SCREEN=4000x6000x24 "$top/tests/display/with-display.sh" \
    env GSETTINGS_BACKEND=memory GTK_A11Y=none LC_ALL="${LC_ALL:-C.UTF-8}" "$@" \
    "$top/_build/release/tests/display/take-screenshots" "$folder" "$look"
}

for wanted; do
  case $wanted in
    form) SOBRE_TEST_BINDIR="$top/_build/release-root/bin" python3 "$top/tests/site/screenshots.py" "$folder" ;;
    contrast) take contrast ADW_DEBUG_HIGH_CONTRAST=1 ;;
    plain)
      take plain
      for page in overview cards collect; do
        python3 "$top/tests/display/shrink_picture.py" "$folder/$page-1280-light.png" "$folder/screenshot-$page.png"
      done
      ;;
    *) take "$wanted" ;;
  esac
done
