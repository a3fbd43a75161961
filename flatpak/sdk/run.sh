#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh TOP [ARGS]: runs inside the environment, on a fresh sample workspace below _build/run. With a display the window opens with
# intake on; ARGS go to it. Without one the same loop runs headless: cards are printed, a few hundred answers arrive over HTTP, are synced,
# reported and queried.
set -eu

top=$1
shift
root=$top/_build/release-root
run=$top/_build/run
answers=300

export SOBREMESA_WORKSPACE="$run/workspace" XDG_CACHE_HOME="$run/cache" XDG_DATA_HOME="$run/data"
PATH=$root/bin:$PATH

say() {
  printf '        %s\n' "$*" >&2
}

# has_display: true where a display server answers; a variable alone may be left over.
has_display() {
  if [ -n "${WAYLAND_DISPLAY:-}" ]; then
    case $WAYLAND_DISPLAY in
      /*) [ -S "$WAYLAND_DISPLAY" ] && return 0 ;;
      *) [ -S "${XDG_RUNTIME_DIR:-/nowhere}/$WAYLAND_DISPLAY" ] && return 0 ;;
    esac
  fi
  case ${DISPLAY:-} in
    :*)
      number=${DISPLAY#:}
      [ -S "/tmp/.X11-unix/X${number%%.*}" ]
      ;;
    '') return 1 ;;
    *) return 0 ;;
  esac
}

stop_intake() {
  [ -n "${intake:-}" ] || return 0
  kill -INT "$intake" 2>/dev/null || true
  wait "$intake" || return 1
  intake=
}

# wait_for_address: the base that intake prints as one JSON document when guests can be served.
wait_for_address() {
  tries=0
  until [ -s "$run/intake.json" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 200 ] || ! kill -0 "$intake" 2>/dev/null; then
      say "intake did not start:"
      cat "$run/intake.log" >&2
      exit 1
    fi
    sleep 0.1
  done
  sed -n 's/.*"base":"\([^"]*\)".*/\1/p' "$run/intake.json"
}

headless() {
  say "no display: running the loop headless"
  sobremesa --json intake --listen 127.0.0.1:0 >"$run/intake.json" 2>"$run/intake.log" &
  intake=$!
  trap 'stop_intake || true' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  base=$(wait_for_address)

  say "printing the cards for $base"
  sobremesa --quiet --json cards --base "$base" --output "$run/cards.pdf" >"$run/cards.json"
  say "$(python3 "$top/tests/lib/guests.py" "$run/cards.json" "$SOBREMESA_WORKSPACE" "$answers") answers stored over HTTP"
  stop_intake
  sobremesa --quiet --json sync >"$run/sync.json"
  sobremesa --quiet report --output "$run/report.pdf" >/dev/null
  # CSV lines end as RFC 4180 wants.
  counted=$(sobremesa query --format csv --sql "SELECT count(*) AS n FROM responses WHERE received_at > now() - INTERVAL '1' HOUR" |
    tail -n 1 | tr -d '\r')
  say "the query over the cache counts $counted answers of the last hour"
  [ "$counted" = "$answers" ] || { say "that should be $answers"; exit 1; }

  echo "cards:  $run/cards.pdf"
  echo "report: $run/report.pdf"
  echo "form:   $(sed 's/.*"url":"\([^"]*\)".*/\1/; s/\\\//\//g' "$run/cards.json")"
}

rm -rf "$run"
mkdir -p "$run"
say "making the sample restaurant"
sobremesa --quiet --json init --sample >"$run/init.json"
sobremesa --quiet --json sync >"$run/sync.json"
if has_display; then
  exec "$root/libexec/sobremesa/sobremesa-window" --workspace "$SOBREMESA_WORKSPACE" --collect "$@"
fi
headless
