# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# The SDK trees: one root file system per layer, each a superset of the one before it (build ⊂ test ⊂ peers), named by
# a hash of its package lists. A tree is made beside its final name and renamed when it is whole, so an interrupt
# leaves nothing that could be mistaken for one.

say() {
  printf '[%4ds] %s\n' "$(($(date +%s) - started))" "$*" >&2
}

die() {
  say "$*"
  exit 1
}

# native: true where the host itself has the baseline.
native() {
  [ -z "${SOBREMESA_DEV_TREE:-}" ] || return 1
  command -v pkg-config >/dev/null 2>&1 && command -v meson >/dev/null 2>&1 &&
    command -v blueprint-compiler >/dev/null 2>&1 &&
    pkg-config --exists 'gtk4 >= 4.18' 'libadwaita-1 >= 1.7' 'glib-2.0 >= 2.84' 'libcurl >= 8.14' 'libdex-1 >= 0.10' \
      'sqlite3 >= 3.46' 'libsoup-3.0 >= 3.6' yyjson libdeflate libqrencode zbar libseccomp gtksourceview-5 libportal-gtk4 \
      libsecret-1
}

layer_lists() {
  case $1 in
    build) echo build ;;
    test) echo build test ;;
    flatpak) echo build test flatpak ;;
    peers) echo build test peers ;;
  esac
}

# layer_packages LAYER: the packages of a layer and of those below it, separated by commas.
layer_packages() {
  for list in $(layer_lists "$1"); do
    grep -v '^#' "$top/flatpak/sdk/$list.packages"
  done | tr -s '\n ' ',,' | sed 's/^,//; s/,$//'
}

layer_path() {
  echo "$cache/sdk-$1-$(layer_packages "$1" | sha256sum | cut -c1-12)"
}

# find_tree LAYER: prints the smallest finished tree that has the layer.
find_tree() {
  case $1 in
    build) candidates='build test flatpak peers' ;;
    test) candidates='test flatpak peers' ;;
    *) candidates=$1 ;;
  esac
  for candidate in $candidates; do
    path=$(layer_path "$candidate")
    if [ -d "$path" ]; then
      echo "$path"
      return 0
    fi
  done
  return 1
}

# need_host_tool PROGRAM PACKAGE: installs PACKAGE with apt when root may, else says what to do.
need_host_tool() {
  command -v "$1" >/dev/null 2>&1 && return 0
  command -v apt-get >/dev/null 2>&1 || die "$1 is missing and this is no Debian system: please install $2"
  [ "$(id -u)" -eq 0 ] || die "$1 is missing: please run 'apt-get install $2' as root once"
  say "installing $2 with apt"
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >"$cache/apt.log" 2>&1 ||
    { tail -n 20 "$cache/apt.log" >&2; die "apt could not install $2"; }
}

# debian_mirror: the mirror that the host's apt is configured with.
debian_mirror() {
  {
    sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources
    sed -n 's/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\) .*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/*.list
  } 2>/dev/null | grep '/debian/*$' | head -n 1
}

# unshare ignores SIGTERM while it waits for its child; SIGKILL takes its whole process namespace along.
stop_child() {
  [ -n "$child" ] || return 0
  kill "$child" 2>/dev/null || true
  sleep 1
  kill -KILL "$child" 2>/dev/null || true
  wait "$child" 2>/dev/null || true
}

make_tree() {
  layer=$1
  path=$(layer_path "$layer")
  need_host_tool mmdebstrap mmdebstrap
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || die "no Debian mirror is configured for apt on this machine"
  # As root, in namespaces of its own: what it mounts and starts ends with it, however it ends.
  mode=auto isolate=
  if [ "$(id -u)" -eq 0 ]; then
    mode=root
    isolate='unshare --mount --propagation private --pid --fork --kill-child --mount-proc'
  else
    need_host_tool newuidmap uidmap
    unshare --user true 2>/dev/null || die "this user may not make user namespaces, which a tree made without root needs:
        as root, allow them (sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0),
        or run ./dev as root once"
  fi
  half=$path.making
  remove_tree "$half"
  say "making the Debian 13 tree for '$layer' (2 to 6 minutes, once) in $path"
  child=
  trap 'remove_tree "$half"' EXIT
  trap 'stop_child; exit 130' INT
  trap 'stop_child; exit 143' TERM HUP
  # The hooks add the ordinary user that everything inside runs as. In the background, because a shell acts on a signal only when what it waits for in the foreground has ended.
  # shellcheck disable=SC2086,SC2016 # the words of $isolate are a command and its options; mmdebstrap expands the hooks
  $isolate mmdebstrap --mode="$mode" --variant=apt --format=directory \
    --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Retries "5"' \
    --dpkgopt=force-unsafe-io --dpkgopt=path-exclude=/usr/share/doc/* \
    --dpkgopt=path-exclude=/usr/share/man/* --dpkgopt=path-exclude=/usr/share/gtk-doc/* \
    --customize-hook='echo "sobremesa:x:1000:1000::/tmp:/bin/sh" >>"$1/etc/passwd"' \
    --customize-hook='echo "sobremesa:x:1000:" >>"$1/etc/group"' \
    --customize-hook=': >"$1/etc/machine-id"' \
    --include="$(layer_packages "$layer")" trixie "$half" \
    "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" \
    >"$cache/mmdebstrap-$layer.log" 2>&1 &
  child=$!
  wait "$child" || {
    grep -E '^E:|error|failed' "$cache/mmdebstrap-$layer.log" | tail -n 20 >&2
    die "the tree could not be made; $cache/mmdebstrap-$layer.log has it all"
  }
  mv "$half" "$path"
  trap - EXIT INT TERM HUP
  say "the tree for '$layer' is ready"
}

# A tree made without root holds files of mapped ids that only the same mapping can remove.
remove_tree() {
  [ -e "$1" ] || return 0
  rm -rf --one-file-system "$1" 2>/dev/null ||
    unshare --map-root-user --map-auto rm -rf --one-file-system "$1" 2>/dev/null || true
}

# ensure_tree LAYER: sets $tree; one preparation at a time, the others wait.
ensure_tree() {
  native && { tree=; return 0; }
  mkdir -p "$cache"
  if ! tree=$(find_tree "$1"); then
    exec 8>"$cache/lock"
    flock -n 8 || { say "another ./dev prepares the machine: waiting for it"; flock 8; }
    tree=$(find_tree "$1") || { make_tree "$1" 8>&-; tree=$(layer_path "$1"); }
    exec 8>&-
  fi
}
