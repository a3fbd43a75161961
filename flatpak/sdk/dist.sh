#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# dist.sh TOP: runs inside the environment. Makes the source archive of the last commit with its bill of materials below _build/dist, and
# proves that the archive says all there is to say: two builds of it, in folders of different names and depths, under different time
# zones, locales, user names and masks, install the same bytes.
set -eu

top=$1
dist=$top/_build/dist
log=$dist/dist.log
# The checkout may belong to another user than the one that everything inside runs as.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'

say() {
  printf '        %s\n' "$*" >&2
}

fail() {
  say "$*"
  [ ! -s "$log" ] || { say "$log ends with:"; tail -n 40 "$log" >&2; }
  echo "0 passed, 1 failed"
  exit 1
}

# build_from ARCHIVE FOLDER ROOT: unpacks it in FOLDER, builds the programs without the tests and installs them below ROOT. Debug information
# names the source by a path that no machine has, as distributions do it; the same object made twice is no proof, so nothing is cached.
build_from() {
  mkdir -p "$(dirname "$2")"
  python3 -m tarfile --filter data -e "$1" "$2.unpacked" && mv "$2.unpacked/$name" "$2" && rmdir "$2.unpacked" || return 1
  CC=gcc CFLAGS="-ffile-prefix-map=$2=/usr/src/sobremesa" \
    meson setup "$2/_build" "$2" --prefix=/usr --libdir=lib --libexecdir=libexec --buildtype=debugoptimized -Dtests=false >>"$log" 2>&1 &&
    ninja -C "$2/_build" >>"$log" 2>&1 &&
    meson install -C "$2/_build" --no-rebuild --quiet --destdir "$3" >>"$log" 2>&1
}

# list_files ROOT: each file below it with its mode and its hash.
list_files() {
  (cd "$1" && find . -type f -printf '%m %p\n' | LC_ALL=C sort -k 2 | while read -r mode name; do
    printf '%s %s %s\n' "$mode" "$(sha256sum <"$name" | cut -d ' ' -f 1)" "$name"
  done)
}

rm -rf "$dist"
mkdir -p "$dist"
begun=$(date +%s)
meson dist -C "$top/_build/release" --no-tests --formats xztar >"$log" 2>&1 ||
  fail "no archive could be made; what is not committed is in none"
mv "$top"/_build/release/meson-dist/sobremesa-*.tar.xz "$dist/"
archive=$(ls "$dist"/sobremesa-*.tar.xz)
name=$(basename "$archive" .tar.xz)
(cd "$dist" && sha256sum "$name.tar.xz" >"$name.tar.xz.sha256sum")
python3 "$top/flatpak/sdk/bill_of_materials.py" "$top" "$top/_build/release" "$archive" >"$dist/$name.spdx.json" ||
  fail "the bill of materials could not be made"
say "$(basename "$archive"): $(stat -c %s "$archive") bytes, with its bill of materials"

(umask 022 && TZ=UTC LC_ALL=C.UTF-8 USER=one build_from "$archive" "$dist/a" "$dist/root-a") || fail "the archive does not build"
(umask 077 && TZ=Pacific/Auckland LC_ALL=C USER=two build_from "$archive" "$dist/an/other/place" "$dist/root-b") ||
  fail "the archive does not build a second time"
list_files "$dist/root-a" >"$dist/first.list"
list_files "$dist/root-b" >"$dist/second.list"
if ! diff "$dist/first.list" "$dist/second.list" >"$dist/differences"; then
  cat "$dist/differences" >&2
  : >"$log"
  fail "two builds of the same source differ"
fi
say "two builds of it are equal, byte by byte: $(wc -l <"$dist/first.list") files, of which $(grep -c -E '(bin|libexec)/' "$dist/first.list") programs, in $(($(date +%s) - begun)) s"
rm -rf "$dist/a" "$dist/an" "$dist/root-b" "$dist/second.list" "$dist/differences"
echo "$archive"
echo "$dist/$name.spdx.json"
echo "1 passed, 0 failed"
