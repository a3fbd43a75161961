#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# from_nothing.sh TOP [FOLDER]: what a newcomer has before anything is cached. The last commit is cloned into an empty folder, with an empty home and
# an empty cache of "./dev" beside it; then README's two commands run in it and "./dev flatpak", which ends with the bundle installed, opened, its
# cards printed and answered, and the dashboard compared with what was sent. The time of each step is printed, and of the whole; the last line is
# "N passed, N failed". It runs as whoever calls it, on the host. FOLDER, else _build/from-nothing, holds about 8 GB meanwhile and is removed at
# the end, unless something failed.
set -eu

top=$1
folder=${2:-$top/_build/from-nothing}
clone=$folder/sobremesa
passed=0
failed=0
begun=$(date +%s)

# bare COMMAND [ARGS]: in the clone, without anything of the caller's desktop, home or caches.
bare() {
  (cd "$clone" 2>/dev/null || cd "$folder"
    exec env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u XDG_RUNTIME_DIR -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME \
      -u XDG_STATE_HOME -u SOBREMESA_WORKSPACE -u SOBREMESA_DEV_TREE HOME="$folder/home" SOBREMESA_DEV_CACHE="$folder/cache" "$@")
}

remove() {
  [ ! -x "$clone/dev" ] || bare ./dev clean --all
  rm -rf "$folder"
}

# report NAME SECONDS PASSED FAILED
report() {
  passed=$((passed + $3))
  failed=$((failed + $4))
  printf '%5d s  %s: %d passed, %d failed\n' "$2" "$1" "$3" "$4"
}

# step NAME COMMAND [ARGS]: its own last line says how many cases passed, where it has one; else it is one case.
step() {
  name=$1
  shift
  since=$(date +%s)
  status=0
  "$@" >"$folder/out" || status=$?
  said=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$folder/out" | tail -n 1)
  good=$((status == 0))
  bad=$((status != 0))
  if [ -n "$said" ]; then
    good=${said%% *}
    said=${said#*, }
    bad=${said%% *}
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  fi
  [ "$bad" -eq 0 ] || tail -n 30 "$folder/out" >&2
  report "$name" $(($(date +%s) - since)) "$good" "$bad"
}

# run_the_loop: "./dev run" with no display, and what it says that it wrote.
run_the_loop() {
  bare ./dev run >"$folder/wrote" || return 1
  sed -nE 's/^(cards|report): *//p' "$folder/wrote" >"$folder/paths"
  while read -r path; do
    [ "$(head -c 5 "$path")" = %PDF- ] || { echo "$path is no PDF"; return 1; }
  done <"$folder/paths"
  [ "$(wc -l <"$folder/paths")" -eq 2 ]
}

[ ! -e "$folder" ] || remove
mkdir -p "$folder/home" "$folder/cache"
if [ -n "$(git -C "$top" status --porcelain 2>/dev/null)" ]; then
  echo "what is not committed is not in the clone" >&2
fi
step "git clone" git clone --quiet --no-hardlinks "$top" "$clone"
if [ "$failed" -eq 0 ]; then
  step "./dev run" run_the_loop
  step "./dev flatpak" bare ./dev flatpak
  step "./dev test" bare ./dev test
fi
printf '%5d s  the whole, %s of it on disk\n' $(($(date +%s) - begun)) "$(du -sh "$folder" 2>/dev/null | cut -f 1)"
if [ "$failed" -eq 0 ]; then remove; else echo "$folder is left to be looked at" >&2; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
