# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Enters the tree that ensure_tree chose. Everything inside runs as an ordinary user, also when the caller is root: root
# ignores file permissions, so tests of them would show nothing. Every folder of the host that is no part of the
# operating system is there under its own path, so the caller's files have the names the caller gives them.

nest=

# enter COMMAND [ARGS]: runs it in the environment, in the caller's folder, with its exit status.
enter() {
  if [ -z "$tree" ]; then
    "$@"
  elif can_bubblewrap; then
    enter_bubblewrap "$@"
  elif [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
    enter_chroot "$@"
  else
    die "neither user namespaces (for bubblewrap) nor root with CAP_SYS_ADMIN (for a chroot) are available here:
        as root, allow one with 'sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0'"
  fi
}

can_bubblewrap() {
  need_host_tool bwrap bubblewrap
  [ -z "${SOBREMESA_DEV_CHROOT:-}" ] &&
    bwrap --unshare-user --uid 1000 --gid 1000 --ro-bind "$tree" / --proc /proc --dev /dev /bin/true 2>/dev/null
}

# host_folders: the host's own top-level folders that hold users' files.
host_folders() {
  for folder in /*; do
    case $folder in
      /bin | /boot | /dev | /etc | /lib* | /lost+found | /proc | /run | /sbin | /sys | /usr | /var) ;;
      *) [ -d "$folder" ] && [ ! -L "$folder" ] && echo "$folder" ;;
    esac
  done
}

# own_builds UID: hands what the builds write to the user that the environment runs as, where root entered it otherwise before.
own_builds() {
  [ "$(id -u)" -eq 0 ] || return 0
  for folder in "$top/_build" "$cache/ccache"; do
    # A build elsewhere may remove a file of the shared cache meanwhile: that one needs no owner.
    [ ! -e "$folder" ] || [ "$(stat -c %u "$folder")" = "$1" ] || chown -R "$1:$1" "$folder" 2>/dev/null || true
  done
}

enter_bubblewrap() {
  own_builds 0
  runtime=${XDG_RUNTIME_DIR:-}
  set -- --chdir "$(pwd -P)" "$@"
  for folder in $(host_folders); do
    set -- --bind "$folder" "$folder" "$@"
  done
  if [ -n "$runtime" ] && [ -d "$runtime" ]; then
    set -- --bind "$runtime" "$runtime" "$@"
  fi
  if [ -e /etc/resolv.conf ]; then
    set -- --ro-bind "$(readlink -f /etc/resolv.conf)" /etc/resolv.conf "$@"
  fi
  if [ -d /etc/ssl/certs ]; then
    set -- --ro-bind /etc/ssl/certs /etc/ssl/certs "$@"
  fi
  [ -d /var/tmp ] && set -- --bind /var/tmp /var/tmp "$@"
  if [ -n "$nest" ]; then
    set -- --bind /proc /proc --cap-add CAP_SYS_ADMIN --cap-add CAP_NET_ADMIN --dev /dev --dev-bind-try /dev/fuse /dev/fuse "$@"
  else
    set -- --unshare-pid --proc /proc --dev /dev "$@"
  fi
  # shellcheck disable=SC2086 # the words of $nest are a command and its options
  $nest bwrap --unshare-user --uid 1000 --gid 1000 --die-with-parent \
    --ro-bind "$tree/usr" /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 \
    --symlink usr/sbin /sbin --ro-bind "$tree/etc" /etc --ro-bind "$tree/var/lib" /var/lib --dir /var/cache --tmpfs /run \
    --ro-bind /sys /sys \
    --setenv PATH /usr/bin:/usr/sbin --setenv LC_ALL C.UTF-8 --unsetenv LD_PRELOAD \
    "$@"
}

enter_chroot() {
  own_builds 1000
  SOBREMESA_DEV_FOLDERS=$(host_folders | tr "\n" " ")
  export SOBREMESA_DEV_FOLDERS
  # shellcheck disable=SC2016 # the inner shell expands these
  unshare -m sh -c '
    tree=$1; here=$2; shift 2
    mount --make-rprivate /
    for folder in $SOBREMESA_DEV_FOLDERS; do mkdir -p "$tree$folder" && mount --rbind "$folder" "$tree$folder"; done
    mount -t proc proc "$tree/proc" 2>/dev/null || mount --rbind /proc "$tree/proc"
    mount --rbind /dev "$tree/dev"; mount --rbind /sys "$tree/sys"; mount -t tmpfs tmpfs "$tree/run"
    cp /etc/resolv.conf "$tree/etc/resolv.conf" 2>/dev/null
    PATH=/usr/bin:/usr/sbin LC_ALL=C.UTF-8 exec chroot "$tree" \
      setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs \
      sh -c "cd \"\$1\" && shift && exec \"\$@\"" sh "$here" "$@"
  ' sh "$tree" "$(pwd -P)" "$@"
}

# enter_flatpak COMMAND [ARGS]: as enter, for programs that make sandboxes of their own. They mount a /proc, which the kernel allows only beside one that
# nothing covers: a process namespace is made first, with such a /proc, and handed in. COMMAND starts with the capabilities to mount, for the portal
# that shows documents as a file system, and to set up a network of its own; it has to drop them for everything else.
enter_flatpak() {
  can_bubblewrap || die "the Flatpak needs user namespaces, for bubblewrap"
  own_builds 0
  if [ "$(id -u)" -eq 0 ]; then
    nest='unshare --mount --propagation private --pid --fork --kill-child --mount-proc'
  else
    nest='unshare --user --map-current-user --mount --propagation private --pid --fork --kill-child --mount-proc'
  fi
  enter_bubblewrap "$@"
}
