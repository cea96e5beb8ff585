#ifndef GREFFIER_CFILEHOLES_SHIM_H
#define GREFFIER_CFILEHOLES_SHIM_H

#include <sys/types.h>

// fcntl.h declares it with _GNU_SOURCE only, which Swift's module of the C library does not have.
extern int fallocate(int descriptor, int mode, off_t offset, off_t length);

// Takes bytes out of a file without changing its length: FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE of fallocate(2).
static inline int greffier_punch_hole(int descriptor, off_t offset, off_t length) {
    return fallocate(descriptor, 0x02 | 0x01, offset, length);
}

#endif
