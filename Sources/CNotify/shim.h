#ifndef CNOTIFY_SHIM_H
#define CNOTIFY_SHIM_H

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// Sends one datagram to the service manager's socket, as sd_notify(3) describes it; a leading '@' names a socket of the
// abstract namespace. Answers 0 or the error's number.
static inline int cnotify_send(const char *path, const char *state) {
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    size_t length = strlen(path);
    if (length < 2 || (path[0] != '/' && path[0] != '@')) return EAFNOSUPPORT;
    if (length >= sizeof address.sun_path) return ENAMETOOLONG;
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') address.sun_path[0] = 0;
    int socket_number = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_number < 0) return errno;
    ssize_t sent = sendto(
        socket_number, state, strlen(state), MSG_DONTWAIT | MSG_NOSIGNAL, (const struct sockaddr *)&address,
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
    int error = sent < 0 ? errno : 0;
    close(socket_number);
    return error;
}

#endif
