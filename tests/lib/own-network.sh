#!/bin/sh
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# own-network.sh PROGRAM [ARGS]: runs it in a network of its own that has loopback and nothing else, so that a fixed port is free and
# nobody outside reaches it. Where the kernel allows no such thing (in a chroot), it runs as it is.
set -eu

enter='unshare --user --map-current-user --net --keep-caps'
if $enter true 2>/dev/null; then
  # shellcheck disable=SC2016 # the inner shell expands it
  exec $enter sh -c 'ip link set lo up && exec setpriv --ambient-caps=-all --inh-caps=-all "$@"' sh "$@"
fi
exec "$@"
