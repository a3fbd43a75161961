#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-display.sh PROGRAM [ARGS]: runs it on a display, a session bus and in user folders of its own, for at most
# $SOBRE_DISPLAY_SECONDS, and stops by their ids what it started. The program's exit status is its own.
set -eu

folder=$(mktemp -d "${TMPDIR:-/tmp}/sobremesa-display-XXXXXX")
mkdir -m 700 "$folder/runtime"
mkdir "$folder/config" "$folder/cache" "$folder/data" "$folder/home"
export HOME="$folder/home" XDG_RUNTIME_DIR="$folder/runtime" XDG_CONFIG_HOME="$folder/config" XDG_CACHE_HOME="$folder/cache" \
  XDG_DATA_HOME="$folder/data"

server=
bus=
# shellcheck disable=SC2317 # the trap calls it
stop() {
  [ -z "$bus" ] || kill "$bus" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  # What programs said that the bus has started.
  [ ! -s "$folder/bus.log" ] || tail -n 60 "$folder/bus.log" >&2
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# wait_for FILE: until the program that writes it has said where it is.
wait_for() {
  tries=0
  until [ -s "$1" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 150 ] || { echo "with-display.sh: nothing came up in 15 s" >&2; exit 1; }
    sleep 0.1
  done
}

Xvfb -displayfd 3 -screen 0 "${SOBRE_DISPLAY_SCREEN:-1600x1200x24}" -nolisten tcp -dpi 96 3>"$folder/display" 2>"$folder/server.log" &
server=$!
dbus-daemon --session --nofork --nopidfile --print-address=3 3>"$folder/bus" >"$folder/bus.log" 2>&1 &
bus=$!
wait_for "$folder/display"
wait_for "$folder/bus"

status=0
# Leaks are told from the renderer's own only by whole stacks, which make a test three times as slow: see docs/testing.md.
leaks=0
[ -z "${SOBRE_DISPLAY_LEAKS:-}" ] || leaks=1:fast_unwind_on_malloc=0
env -u WAYLAND_DISPLAY ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=$leaks" DISPLAY=":$(cat "$folder/display")" DBUS_SESSION_BUS_ADDRESS="$(cat "$folder/bus")" \
  GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=no-portals ADW_DISABLE_PORTAL=1 \
  timeout -k 5 "${SOBRE_DISPLAY_SECONDS:-280}" "$@" || status=$?
exit $status
