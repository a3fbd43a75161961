# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# The commands of ./dev. There are two builds: "release", which run, exec, bench and faults use, and "test", which has
# AddressSanitizer and UndefinedBehaviorSanitizer. Each is installed into a folder of its own below _build, so that programs
# find their data as an installed copy does.

dev_help() {
  cat <<HELP
usage: ./dev COMMAND [ARGS]
  run [ARGS]            build, start Sobremesa on a fresh sample workspace with intake on
  test [SUITE…]         build and run the test suites; the last line is "N passed, N failed"
  exec PROGRAM [ARGS]   run one program in this environment, in the current folder
  bench [NAME…]         measure, with the peer in the same run
  faults [NAME…]        kill, fill and break the programs while they work
  fuzz [SECONDS|check]  fuzz every hostile input
  lint                  check the rules of docs/conventions.md
  format                format what has changed
  flatpak [TEST…]       build the Flatpak on a stand-in for its runtime, install it and drive it
                        (--from-nothing [FOLDER]: the whole way from an empty clone and no cache)
  dist                  make the source archive and its bill of materials, and build it twice, byte by byte equal
  screenshots [FOLDER]  take the pictures of every page, dialog and look
  shell                 a shell in this environment
  clean                 remove the builds (--all: the SDK trees too)
HELP
}

# build NAME: configures once, compiles and installs; silent on stdout.
build() {
  mkdir -p "$top/_build" "$cache/ccache"
  exec 7>"$top/_build/$1.lock"
  flock 7
  enter env CCACHE_DIR="$cache/ccache" CCACHE_BASEDIR="$top" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=time_macros \
    CC="ccache gcc" sh -eu "$top/flatpak/sdk/build.sh" "$top" "$1" >&2 7>&- || die "the build failed"
  exec 7>&-
}

dev_run() {
  ensure_tree build
  build release
  enter sh "$top/flatpak/sdk/run.sh" "$top" "$@"
}

dev_exec() {
  [ $# -gt 0 ] || { dev_help >&2; exit 2; }
  ensure_tree build
  build release
  program=$1
  shift
  for folder in bin libexec/sobremesa; do
    if [ -x "$top/_build/release-root/$folder/$program" ]; then
      program=$top/_build/release-root/$folder/$program
      break
    fi
  done
  enter "$program" "$@"
}

# The suite "network" fetches what is not ours to ship, with the peers' tools; it runs only when it is named. "peers" are those cases of
# other suites that are skipped where the peers' tools are missing.
dev_test() {
  case " $* " in
    *" network "* | *" infra "* | *" peers "*) ensure_tree peers ;;
    *) ensure_tree test ;;
  esac
  build test
  enter python3 "$top/tests/lib/run_suites.py" "$top" "$@"
}

dev_lint() {
  ensure_tree test
  enter python3 "$top/tests/lib/lint.py" "$top" "$@"
}

# shellcheck disable=SC2016 # the inner shell expands them
dev_format() {
  ensure_tree test
  if [ $# -gt 0 ]; then
    enter clang-format-19 -i "$@"
  else
    enter sh -c 'cd "$1" && git diff -U0 --no-color HEAD | clang-format-diff-19 -p1 -i -regex ".*\.[ch]"' sh "$top"
  fi
}

dev_bench() {
  ensure_tree peers
  build release
  enter python3 "$top/tests/bench/run.py" "$top" "$cache" "$@"
}

dev_faults() {
  ensure_tree test
  build release
  enter python3 "$top/tests/fault/run.py" "$top" "$@"
}

dev_fuzz() {
  ensure_tree test
  enter sh "$top/tests/fuzz/run.sh" "$top" "$@"
}

# The tree has Flatpak's tools in the version that is tested, so a host that has the baseline needs it too. The test "keyring" drives the release build.
dev_flatpak() {
  if [ "${1:-}" = --from-nothing ]; then
    shift
    exec sh "$top/tests/flatpak/from_nothing.sh" "$top" "$@"
  fi
  SOBREMESA_DEV_TREE=1
  ensure_tree flatpak
  build release
  # shellcheck disable=SC2016 # the inner shell expands them
  enter_flatpak sh -euc '
    top=$1 cache=$2
    shift 2
    setpriv --ambient-caps=-all --inh-caps=-all sh "$top/flatpak/build.sh" "$top" "$cache"
    sh "$top/tests/flatpak/run.sh" "$top" "$@"
  ' sh "$top" "$cache" "$@"
}

dev_dist() {
  ensure_tree build
  build release
  enter sh "$top/flatpak/sdk/dist.sh" "$top"
}

dev_screenshots() {
  ensure_tree test
  build release
  enter sh "$top/tests/display/screenshots.sh" "$top" "$@"
}

dev_shell() {
  ensure_tree test
  if [ $# -gt 0 ]; then enter "$@"; else enter bash; fi
}

dev_clean() {
  rm -rf "$top/_build"
  if [ "${1:-}" = --all ]; then
    for path in "$cache"/sdk-*; do
      say "removing $path"
      remove_tree "$path"
    done
    rm -rf "$cache"
  fi
}
