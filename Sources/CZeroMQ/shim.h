#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <errno.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zmq.h>

// The kernel's number of the calling thread. A system call on purpose: glibc declares pthread_self
// const, so the optimiser may move it over a suspension point and answer for another thread.
static inline int32_t czmq_thread_id(void) { return (int32_t)syscall(SYS_gettid); }

// The event descriptor's flags are enumerators that Swift does not combine.
static inline int czmq_eventfd_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// prctl(2) is variadic; the kernel keeps 15 bytes of the name.
static inline void czmq_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

// libzmq's own error number is a sum of macros.
static inline int32_t czmq_error_terminated(void) { return ETERM; }

#endif
