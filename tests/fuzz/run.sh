#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh TOP [SECONDS | check [NAME…]]: builds the fuzz targets with clang, address and undefined behaviour sanitizers, and runs each (or
# those named) for SECONDS, 30 if not said. What it finds interesting is kept under _build/fuzz-corpus, a crash under _build/fuzz-crashes.
# "check" runs the seeds and 5,000 inputs made of them with one fixed seed of randomness: the same change passes it or
# fails it every time, whatever earlier runs found and however fast the machine is.
set -eu
top=$1
seconds=${2:-30}
shift
[ $# -eq 0 ] || shift
build=$top/_build/fuzz

if [ ! -e "$build/build.ninja" ]; then
  rm -rf "$build"
  CC=clang-19 meson setup "$build" "$top" --buildtype=debugoptimized -Dfuzz=true -Db_lundef=false \
    -Db_sanitize=address,undefined -Dc_args="-fsanitize=fuzzer-no-link -fno-sanitize-recover=all" >/dev/null
fi
ninja -C "$build" fuzz-targets >&2

if [ $# -eq 0 ]; then
  for file in "$top"/tests/fuzz/fuzz-*.c; do
    name=${file##*/fuzz-}
    set -- "$@" "${name%.c}"
  done
fi
export ASAN_OPTIONS=abort_on_error=0:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS="suppressions=$top/tests/lib/lsan.supp:print_suppressions=0"
passed=0
failed=0
for name in "$@"; do
  corpus=$top/_build/fuzz-corpus/$name
  crashes=$top/_build/fuzz-crashes/$name
  log=$top/_build/fuzz/$name.log
  bounds=-max_total_time=$seconds
  if [ "$seconds" = check ]; then
    bounds='-seed=1 -runs=5000'
    corpus=$top/_build/fuzz-check/$name
    rm -rf "$corpus"
  fi
  mkdir -p "$corpus" "$crashes"
  # shellcheck disable=SC2086 # the bounds may be two words
  if "$build/tests/fuzz/fuzz-$name" $bounds -timeout=30 -rss_limit_mb=1024 -print_final_stats=1 \
    -dict="$top/tests/fuzz/json.dict" -artifact_prefix="$crashes/" "$corpus" "$top/tests/fuzz/seeds/$name" >"$log" 2>&1; then
    passed=$((passed + 1))
    printf 'ok - %s: %s runs, coverage %s\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
      "$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 | cut -d' ' -f2)"
  else
    failed=$((failed + 1))
    printf 'not ok - %s\n' "$name"
    tail -n 40 "$log"
  fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
