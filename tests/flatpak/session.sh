#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# session.sh PROGRAM [ARGS]: runs it as an ordinary user on a desktop of its own: an empty home, a display, a session bus, an accessibility bus, a keyring and
# the portals, and stops by their ids what it started. It starts with the capability to mount, which the portal of documents keeps for its file system
# and nothing else gets.
set -eu

# Mounts of its own, that this user may make, because those of the environment belong to a namespace above; and a network of its own, in which every
# port is free and nobody outside is reached.
if [ -z "${SESSION_APART:-}" ]; then
  SESSION_APART=1 exec unshare --mount --propagation private --net sh "$0" "$@"
fi
ip link set lo up

folder=$(mktemp -d /tmp/sobremesa-flatpak-XXXXXX)
# The portals give paths below this folder, and inside the sandbox it is always there.
runtime=/run/user/$(id -u)
mkdir -p "$runtime"
chmod 700 "$runtime"
mkdir -p "$folder/home" "$folder/config" "$folder/portals" "$folder/data/applications" "$folder/installation/exports/share"
export HOME="$folder/home" XDG_RUNTIME_DIR="$runtime" XDG_CONFIG_HOME="$folder/config" XDG_CACHE_HOME="$folder/cache" \
  XDG_DATA_HOME="$folder/home/.local/share" FLATPAK_USER_DIR="$folder/installation" \
  XDG_DATA_DIRS="$folder/installation/exports/share:$folder/data:/usr/share" XDG_DESKTOP_PORTAL_DIR="$folder/portals" \
  XDG_CURRENT_DESKTOP=sobremesatest SESSION_FOLDER="$folder" GSK_RENDERER=cairo GDK_BACKEND=x11
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

cat >"$folder/portals/sobremesatest.portal" <<PORTAL
[portal]
DBusName=org.freedesktop.impl.portal.desktop.sobremesatest
Interfaces=org.freedesktop.impl.portal.FileChooser;org.freedesktop.impl.portal.Print;org.freedesktop.impl.portal.Notification;org.freedesktop.impl.portal.Background;org.freedesktop.impl.portal.Access;org.freedesktop.impl.portal.AppChooser;
UseIn=sobremesatest
PORTAL
cp /usr/share/xdg-desktop-portal/portals/gnome-keyring.portal "$folder/portals/"
cat >"$folder/portals/portals.conf" <<CONF
[preferred]
default=sobremesatest
org.freedesktop.impl.portal.Secret=gnome-keyring
CONF
# The browser of this desktop: it notes what it was asked to open.
cat >"$folder/data/applications/browser.desktop" <<DESKTOP
[Desktop Entry]
Type=Application
Name=Browser
Exec=/bin/sh -c 'echo "\$1" >>$folder/opened' sh %u
MimeType=x-scheme-handler/https;x-scheme-handler/http;
DESKTOP
update-desktop-database "$folder/data/applications"

started=
# shellcheck disable=SC2317 # the trap calls it
stop() {
  for process in $started; do
    kill "$process" 2>/dev/null || true
  done
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

ordinary() {
  exec setpriv --ambient-caps=-all --inh-caps=-all "$@"
}

# wait_for WHAT TEST…: until the test succeeds.
wait_for() {
  what=$1
  shift
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -le 600 ] || { echo "session.sh: no $what in a minute" >&2; cat "$folder"/*.log >&2; exit 1; }
    sleep 0.1
  done
}

(ordinary Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp -dpi 96 3>"$folder/display" 2>"$folder/server.log") &
started="$! $started"
wait_for display test -s "$folder/display"
DISPLAY=:$(cat "$folder/display")
export DISPLAY
(ordinary dbus-daemon --session --nofork --nopidfile --print-address=3 3>"$folder/bus" 2>"$folder/bus.log") &
started="$! $started"
wait_for bus test -s "$folder/bus"
DBUS_SESSION_BUS_ADDRESS=$(cat "$folder/bus")
export DBUS_SESSION_BUS_ADDRESS DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS"
# A program that comes before the registry is in no tree, so it is there first; the bus starts both, which a busy machine is slow at.
accessibility=$(ordinary dbus-send --session --print-reply=literal --reply-timeout=60000 --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress | tr -d ' ')
(ordinary dbus-send --bus="$accessibility" --print-reply --reply-timeout=60000 --dest=org.a11y.atspi.Registry / org.freedesktop.DBus.Peer.Ping) >/dev/null
if [ -r /dev/fuse ] && [ -w /dev/fuse ]; then
  export SESSION_DOCUMENTS=1
  /usr/libexec/xdg-document-portal 2>"$folder/documents.log" &
  started="$! $started"
  wait_for "file system of documents" mountpoint --quiet "$runtime/doc"
fi
(printf secret | ordinary gnome-keyring-daemon --foreground --unlock --components=secrets >"$folder/keyring.log" 2>&1) &
started="$! $started"

status=0
(ordinary "$@") || status=$?
exit $status
