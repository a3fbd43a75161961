/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-query-sandbox.h"

#include "sobre-config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ADDRESS_SPACE (G_GUINT64_CONSTANT (512) << 20)
#define DESCRIPTORS 64

static void
limit (int resource, guint64 value)
{
  const struct rlimit limits = { .rlim_cur = value, .rlim_max = value };

  if (setrlimit (resource, &limits) != 0)
    g_warning ("a limit could not be set");
}

void
sobre_query_sandbox_begin (void)
{
  clearenv ();
  umask (077);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NOFILE, DESCRIPTORS);
  if (!SOBRE_SANITIZED)
    limit (RLIMIT_AS, ADDRESS_SPACE);
  if (prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    g_warning ("the process could not be closed off");
  if (!SOBRE_SANITIZED && prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    g_warning ("the process could not be closed off");
}

/* All rights of the first version are handled, so whatever is not allowed below is forbidden; later versions add theirs. */
static void
confine_files (const char *folder)
{
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  struct landlock_ruleset_attr rights = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
  struct landlock_path_beneath_attr beneath = {
    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_WRITE_FILE,
  };
  int rules;

  if (version < 1)
    return;
  if (version >= 2)
    rights.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3)
    rights.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
  if (version >= 4)
    rights.handled_access_net = LANDLOCK_ACCESS_NET_CONNECT_TCP | LANDLOCK_ACCESS_NET_BIND_TCP;
  rules = (int) syscall (SYS_landlock_create_ruleset, &rights, sizeof rights, 0);
  if (rules < 0)
    return;
  beneath.parent_fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (beneath.parent_fd >= 0)
    {
      if (syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0 ||
          syscall (SYS_landlock_restrict_self, rules, 0) != 0)
        g_warning ("files could not be confined");
      close (beneath.parent_fd);
    }
  close (rules);
}

static gboolean
allow (scmp_filter_ctx filter)
{
  static const int calls[] = {
    /* reading the cache: SQLite's locks lie in its shared-memory file */
    SCMP_SYS (openat),
    SCMP_SYS (close),
    SCMP_SYS (read),
    SCMP_SYS (pread64),
    SCMP_SYS (lseek),
    SCMP_SYS (fstat),
    SCMP_SYS (newfstatat),
    SCMP_SYS (stat),
    SCMP_SYS (lstat),
    SCMP_SYS (statx),
    SCMP_SYS (fcntl),
    SCMP_SYS (access),
    SCMP_SYS (faccessat),
    SCMP_SYS (faccessat2),
    SCMP_SYS (readlink),
    SCMP_SYS (readlinkat),
    SCMP_SYS (getcwd),
    SCMP_SYS (geteuid),
    /* the answer */
    SCMP_SYS (write),
    SCMP_SYS (writev),
    SCMP_SYS (poll),
    SCMP_SYS (ppoll),
    /* threads and memory */
    SCMP_SYS (futex),
    SCMP_SYS (set_robust_list),
    SCMP_SYS (rseq),
    SCMP_SYS (sched_getaffinity),
    SCMP_SYS (sched_yield),
    SCMP_SYS (brk),
    SCMP_SYS (munmap),
    SCMP_SYS (mremap),
    SCMP_SYS (madvise),
    SCMP_SYS (gettid),
    SCMP_SYS (getpid),
    SCMP_SYS (eventfd2),
    SCMP_SYS (prctl),
    /* time, signals, the end */
    SCMP_SYS (clock_gettime),
    SCMP_SYS (gettimeofday),
    SCMP_SYS (clock_nanosleep),
    SCMP_SYS (nanosleep),
    SCMP_SYS (getrandom),
    SCMP_SYS (rt_sigaction),
    SCMP_SYS (rt_sigprocmask),
    SCMP_SYS (rt_sigreturn),
    SCMP_SYS (sigaltstack),
    SCMP_SYS (restart_syscall),
    SCMP_SYS (tgkill),
    SCMP_SYS (exit),
    SCMP_SYS (exit_group),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
      return FALSE;
  /* Memory, but none that could be executed; threads, but no process. */
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1,
                           SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0;
}

static gboolean
forbid (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (execve), SCMP_SYS (execveat), SCMP_SYS (fork),   SCMP_SYS (vfork),  SCMP_SYS (ptrace),
    SCMP_SYS (socket), SCMP_SYS (connect),  SCMP_SYS (unlink), SCMP_SYS (rename), SCMP_SYS (unlinkat),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, calls[i], 0) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
confine_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean done;

  if (filter == NULL)
    return FALSE;
  /* clone3 passes its flags in memory, which a filter cannot see: it says "not there", and the C library takes clone. */
  done = seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && allow (filter) && forbid (filter) &&
         seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0) == 0 && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return done;
}

gboolean
sobre_query_sandbox_confine (const char *folder)
{
  /* Sanitizers read /proc and need calls of their own. */
  if (SOBRE_SANITIZED)
    return TRUE;
  confine_files (folder);
  return confine_calls ();
}
