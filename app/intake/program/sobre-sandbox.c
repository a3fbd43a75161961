/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Connections, segments and the few that the main loop has. */
#define DESCRIPTORS 160
#define ADDRESS_SPACE (G_GUINT64_CONSTANT (768) * 1024 * 1024)

#define FILES_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FILES_WRITE                                                                                                            \
  (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR)

static void
limit (int resource, guint64 value)
{
  const struct rlimit limits = { .rlim_cur = value, .rlim_max = value };

  if (setrlimit (resource, &limits) != 0)
    g_warning ("a limit could not be set");
}

void
sobre_sandbox_begin (void)
{
  clearenv ();
  umask (077);
  limit (RLIMIT_CORE, 0);
  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    g_warning ("the process could not be closed off");
}

/* Everything that this version of Landlock can forbid; the later rights exist from the version on that is named. */
static struct landlock_ruleset_attr
list_rights (guint version)
{
  struct landlock_ruleset_attr rights = {
    .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | FILES_READ | FILES_WRITE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                         LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                         LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
  };

  if (version >= 2)
    rights.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3)
    rights.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
  if (version >= 4)
    rights.handled_access_net = LANDLOCK_ACCESS_NET_CONNECT_TCP;
  if (version >= 5)
    rights.handled_access_fs |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
  if (version >= 6)
    rights.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
  return rights;
}

/* Allows @access below a folder. */
static gboolean
open_up (int rules, int folder, guint64 access)
{
  const struct landlock_path_beneath_attr beneath = { .allowed_access = access, .parent_fd = folder };

  return folder >= 0 && syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
}

static gboolean
enforce (const char *spool, int menu, guint version)
{
  const struct landlock_ruleset_attr rights = list_rights (version);
  guint64 writing = rights.handled_access_fs & (FILES_READ | FILES_WRITE | LANDLOCK_ACCESS_FS_TRUNCATE);
  int folder = open (spool, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  int rules = (int) syscall (SYS_landlock_create_ruleset, &rights, sizeof rights, 0);
  gboolean done = rules >= 0 && open_up (rules, folder, writing) && (menu < 0 || open_up (rules, menu, FILES_READ)) &&
                  syscall (SYS_landlock_restrict_self, rules, 0) == 0;

  if (folder >= 0)
    close (folder);
  if (rules >= 0)
    close (rules);
  return done;
}

guint
sobre_sandbox_restrict_files (const char *spool, int menu)
{
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

  limit (RLIMIT_NOFILE, DESCRIPTORS);
  limit (RLIMIT_AS, ADDRESS_SPACE);
  return version > 0 && enforce (spool, menu, (guint) version) ? (guint) version : 0;
}

static gboolean
allow (scmp_filter_ctx filter)
{
  static const int calls[] = {
    /* talking */
    SCMP_SYS (accept4),
    SCMP_SYS (accept),
    SCMP_SYS (recvfrom),
    SCMP_SYS (recvmsg),
    SCMP_SYS (sendto),
    SCMP_SYS (sendmsg),
    SCMP_SYS (shutdown),
    SCMP_SYS (getsockname),
    SCMP_SYS (getpeername),
    SCMP_SYS (getsockopt),
    SCMP_SYS (setsockopt),
    /* storing */
    SCMP_SYS (openat),
    SCMP_SYS (mkdirat),
    SCMP_SYS (write),
    SCMP_SYS (fdatasync),
    SCMP_SYS (fsync),
    SCMP_SYS (ftruncate),
    SCMP_SYS (renameat),
    SCMP_SYS (renameat2),
    SCMP_SYS (unlinkat),
    SCMP_SYS (close),
    SCMP_SYS (fstat),
    SCMP_SYS (newfstatat),
    SCMP_SYS (lseek),
    /* waiting and waking */
    SCMP_SYS (read),
    SCMP_SYS (readv),
    SCMP_SYS (pread64),
    SCMP_SYS (writev),
    SCMP_SYS (poll),
    SCMP_SYS (ppoll),
    SCMP_SYS (futex),
    SCMP_SYS (eventfd2),
    SCMP_SYS (fcntl),
    SCMP_SYS (clock_gettime),
    SCMP_SYS (clock_nanosleep),
    SCMP_SYS (gettimeofday),
    SCMP_SYS (restart_syscall),
    SCMP_SYS (sched_yield),
    /* living and dying */
    SCMP_SYS (getrandom),
    SCMP_SYS (brk),
    SCMP_SYS (munmap),
    SCMP_SYS (mremap),
    SCMP_SYS (madvise),
    SCMP_SYS (getpid),
    SCMP_SYS (gettid),
    SCMP_SYS (tgkill),
    SCMP_SYS (rt_sigaction),
    SCMP_SYS (rt_sigprocmask),
    SCMP_SYS (rt_sigreturn),
    SCMP_SYS (sigaltstack),
    SCMP_SYS (exit),
    SCMP_SYS (exit_group),
    SCMP_SYS (rseq),
    SCMP_SYS (set_robust_list),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
      return FALSE;
  /* Memory, but none that could be executed. */
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

static gboolean
forbid (scmp_filter_ctx filter)
{
  static const int calls[] = { SCMP_SYS (execve), SCMP_SYS (execveat), SCMP_SYS (fork), SCMP_SYS (vfork), SCMP_SYS (ptrace) };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, calls[i], 0) != 0)
      return FALSE;
  return TRUE;
}

gboolean
sobre_sandbox_restrict_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean done;

  if (filter == NULL)
    return FALSE;
  done = seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && allow (filter) && forbid (filter) &&
         seccomp_load (filter) == 0;
  seccomp_release (filter);
  return done;
}
