#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# build.sh TOP CACHE: runs inside the environment. Gets the modules' sources, makes the stand-in for the runtime once, builds the Flatpak on it
# without a network and leaves a repository and a single-file bundle in _build/flatpak. Nothing of the user's own installation is touched.
set -eu

top=$1
cache=$2
id=io.github.sobremesa.Sobremesa
manifest=$top/flatpak/$id.yaml
work=$top/_build/flatpak
log=$work/build.log
branch=$(sed -n "s/^runtime-version: '\(.*\)'/\1/p" "$manifest")
runtime=$cache/flatpak-runtime-$branch-$(cat "$top"/flatpak/runtime/* /var/lib/dpkg/status | sha256sum | cut -c1-12)
LIMIT_BYTES=5000000
export FLATPAK_USER_DIR="$runtime/installation" HOME="$work/home" XDG_RUNTIME_DIR="$work/run" XDG_CACHE_HOME="$work/cache"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

# stage WHAT COMMAND [ARGS]
stage() {
  what=$1
  shift
  begun=$(date +%s)
  printf '        %s… ' "$what" >&2
  if "$@" >>"$log" 2>&1; then
    printf '%d s\n' "$(($(date +%s) - begun))" >&2
  else
    printf 'failed after %d s; %s ends with:\n' "$(($(date +%s) - begun))" "$log" >&2
    tail -n 40 "$log" >&2
    exit 1
  fi
}

# list_sources: "HASH  FILE" for each source of the manifest, as sha256sum reads it.
list_sources() {
  sed -n 's|^ *path: sources/||p; s|^ *sha256: ||p' "$manifest" | paste -d ' ' - - | sed 's/^\([^ ]*\) \(.*\)/\2  \1/'
}

# fetch_sources: from Debian's archive, by the mirror that the tree was made from. A file that is there and right is not fetched again.
fetch_sources() {
  apt=$work/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$top/flatpak/sources"
  cd "$top/flatpak/sources"
  list_sources | sha256sum --check --status 2>/dev/null && return 0
  sed 's/^deb /deb-src /' /etc/apt/sources.list >"$apt/sources.list"
  set -- -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" -o Dir::Etc::SourceList="$apt/sources.list" \
    -o Dir::Etc::SourceParts=/dev/null -o Acquire::Languages=none -o Acquire::Retries=5
  apt-get "$@" update
  list_sources | while read -r _ name; do
    apt-get "$@" --only-source --download-only source "${name%%_*}"
  done
  list_sources | sha256sum --check
}

make_runtime() {
  rm -rf "$runtime" "$runtime.making"
  mkdir -p "$runtime.making"
  python3 "$top/flatpak/runtime/make_runtime.py" "$runtime.making/repository" "$branch"
  mv "$runtime.making" "$runtime"
}

install_runtime() {
  flatpak --user remote-add --if-not-exists --no-gpg-verify standin "file://$runtime/repository"
  flatpak --user install --noninteractive --or-update standin "org.gnome.Platform//$branch" "org.gnome.Sdk//$branch"
}

build_program() {
  cd "$top/flatpak"
  flatpak-builder --user --force-clean --disable-rofiles-fuse --disable-updates --disable-download --ccache \
    --state-dir="$work/state" --repo="$work/repository" "$work/tree" "$manifest"
}

mkdir -p "$work" "$HOME" "$XDG_CACHE_HOME"
mkdir -p "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
: >"$log"
stage "getting the modules' sources" fetch_sources
if [ ! -d "$runtime" ]; then
  stage "laying out the stand-in for the runtime" make_runtime
  stage "installing it" install_runtime
fi
stage "building $id" build_program
stage "writing the bundle" flatpak build-bundle "$work/repository" "$work/$id.flatpak" "$id"
size=$(stat -c %s "$work/$id.flatpak")
printf '        the bundle has %d bytes\n' "$size" >&2
[ "$size" -le "$LIMIT_BYTES" ] || { printf '        more than the %d it may have\n' "$LIMIT_BYTES" >&2; exit 1; }
echo "$runtime" >"$work/runtime"
