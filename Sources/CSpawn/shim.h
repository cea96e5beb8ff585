// posix_spawn of glibc 2.34 or later. Declared here because <spawn.h> shows it under _GNU_SOURCE only, which Swift's
// importer does not define.
#ifndef GREFFIER_CSPAWN_SHIM_H
#define GREFFIER_CSPAWN_SHIM_H

#include <spawn.h>

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif
