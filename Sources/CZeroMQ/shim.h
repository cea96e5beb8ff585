#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
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

// How many bytes a TCP connection has received: tcpi_bytes_received of the kernel's struct tcp_info (linux/tcp.h, since
// 4.1), which glibc's own declaration of that struct does not have. -1 if the descriptor is no TCP connection.
static inline int64_t czmq_bytes_received(int32_t descriptor) {
    enum { czmq_tcp_info = 11, czmq_offset = 128 };
    unsigned char info[256];
    socklen_t size = sizeof info;
    int64_t count;
    if (getsockopt(descriptor, IPPROTO_TCP, czmq_tcp_info, info, &size) != 0) return -1;
    if (size < czmq_offset + sizeof count) return -1;
    memcpy(&count, info + czmq_offset, sizeof count);
    return count;
}

// Overwrites memory in a way that the optimiser may not leave out.
static inline void czmq_wipe(void *bytes, size_t count) { explicit_bzero(bytes, count); }

#endif
