#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <errno.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zmq.h>

// The kernel's number of the calling thread, asked for once a thread. Never inlined: glibc declares pthread_self const,
// and the address of a thread's variable is no less movable, so the optimiser may take either over a suspension point and
// answer for another thread.
// The variable lives in the function: Swift's importer emits no variable of a header by itself.
__attribute__((noinline)) static int32_t czmq_thread_id(void) {
    static __thread int32_t known;
    if (known == 0) known = (int32_t)syscall(SYS_gettid);
    __asm__ volatile("" ::: "memory");
    return known;
}

// The event descriptor's flags are enumerators that Swift does not combine.
static inline int czmq_eventfd_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// prctl(2) is variadic; the kernel keeps 15 bytes of the name.
static inline void czmq_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

// libzmq's own error number is a sum of macros.
static inline int32_t czmq_error_terminated(void) { return ETERM; }

#endif
