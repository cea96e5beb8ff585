// posix_spawn of glibc 2.34 or later. Declared here because <spawn.h> shows it under _GNU_SOURCE only, which Swift's
// importer does not define.
#ifndef GREFFIER_CSPAWN_SHIM_H
#define GREFFIER_CSPAWN_SHIM_H

#include <signal.h>
#include <spawn.h>
#include <stddef.h>

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// Whether the end of a child is told to nobody: SIG_IGN is a cast that Swift can neither import nor compare.
static inline int greffier_ignores_children(void) {
    struct sigaction action;
    return sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

#endif
