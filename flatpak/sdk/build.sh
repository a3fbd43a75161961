# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# build.sh TOP NAME: runs inside the environment. A build that has nothing to do costs one start of ninja.
top=$1
name=$2
folder=$top/_build/$name
root=$top/_build/$name-root

case $name in
  release) set -- --buildtype=debugoptimized ;;
  test) set -- -Ddebug=true -Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false ;;
  uncapped) set -- --buildtype=debug -Dversion_cap=false ;;
esac

if [ ! -e "$folder/build.ninja" ]; then
  rm -rf "$folder"
  meson setup "$folder" "$top" --prefix="$root" --libexecdir=libexec --libdir=lib --werror "$@"
fi
if ! ninja -C "$folder" -n 2>/dev/null | grep -q 'no work to do' || [ ! -e "$root/.installed" ]; then
  ninja -C "$folder"
  meson install -C "$folder" --no-rebuild --only-changed --quiet
  mkdir -p "$root"
  touch "$root/.installed"
fi
