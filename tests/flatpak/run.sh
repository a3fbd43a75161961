#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh TOP [NAME…]: drives the installed bundle, each test on a desktop of its own; all of them without a name. The last line is "N passed, N failed";
# what was skipped, and why, is said before, and counts as neither.
set -eu

top=$1
shift
folder=$top/_build/flatpak
[ $# -gt 0 ] || set -- first_card sandbox portals launcher keyring
passed=0
failed=0
: >"$folder/skipped"
for name; do
  begun=$(date +%s)
  status=0
  sh "$top/tests/flatpak/session.sh" python3 "$top/tests/flatpak/$name.py" >"$folder/$name.log" 2>&1 || status=$?
  grep -E '^(#|not ok|ok)' "$folder/$name.log" | sed 's/^/        /' >&2 || true
  sed -n "s/^ok [0-9]* - \(.*\) # SKIP /skipped: $name: \1: /p" "$folder/$name.log" >>"$folder/skipped"
  good=$(grep '^ok' "$folder/$name.log" | grep -c -v ' # SKIP' || true)
  bad=$(grep -c '^not ok' "$folder/$name.log" || true)
  # A test that breaks off has said nothing of its later cases, and one without a case nothing at all.
  if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || ! grep -q '^ok' "$folder/$name.log"; }; then
    bad=1
    tail -n 40 "$folder/$name.log" >&2
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  printf '        %s: %d s\n' "$name" "$(($(date +%s) - begun))" >&2
done
if [ -s "$folder/skipped" ]; then
  cat "$folder/skipped"
  echo "$(wc -l <"$folder/skipped") skipped"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
