# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# build.sh TOP NAME: runs inside the environment. A build that has nothing to do costs one start of ninja and says nothing. What the tools
# say goes to _build/NAME.log; here is one line a stage, and the end of the log where a stage fails.
top=$1
name=$2
folder=$top/_build/$name
root=$top/_build/$name-root
log=$top/_build/$name.log

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
    tail -n 60 "$log" >&2
    exit 1
  fi
}

case $name in
  release) set -- --buildtype=debugoptimized ;;
  test) set -- -Ddebug=true -Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false ;;
  uncapped) set -- --buildtype=debug -Dversion_cap=false ;;
esac

if [ ! -e "$folder/build.ninja" ]; then
  rm -rf "$folder"
  : >"$log"
  stage "configuring the $name build" \
    meson setup "$folder" "$top" --prefix="$root" --libexecdir=libexec --libdir=lib --werror "$@"
fi
if ! ninja -C "$folder" -n 2>/dev/null | grep -q 'no work to do' || [ ! -e "$root/.installed" ]; then
  : >"$log"
  stage "compiling the $name build" ninja -C "$folder"
  stage "installing it below _build" meson install -C "$folder" --no-rebuild --only-changed --quiet
  mkdir -p "$root"
  touch "$root/.installed"
fi
