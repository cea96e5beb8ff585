internal import CZeroMQ

/// An error number in words, with the cure where one is known.
enum ErrorCure {
    static func sentence(code: Int32, operation: ZeroMQError.Operation) -> String {
        if code == czmq_error_terminated() { return "ZeroMQ was shut down; the program is ending" }
        return fromNetwork(code) ?? fromSystem(code, operation: operation) ?? unknown(code)
    }

    private static func fromNetwork(_ code: Int32) -> String? {
        switch code {
        case EADDRINUSE:
            "another program listens there; stop it or choose another endpoint (ss -lp shows it)"
        case EADDRNOTAVAIL:
            "this host has no such address; use one of its own (ip address shows them)"
        case ENODEV:
            "this host has no such address or interface; host names are not looked up for listening,"
                + " so write an IP address such as 127.0.0.1"
        case EAFNOSUPPORT:
            "IPv6 is off for this socket; set the option ipv6 or use an IPv4 address"
        case EPROTONOSUPPORT:
            "this libzmq was built without that transport; use ipc:// or tcp://"
        default:
            nil
        }
    }

    private static func fromSystem(_ code: Int32, operation: ZeroMQError.Operation) -> String? {
        switch code {
        case EACCES, EPERM:
            "permission denied; the user of this service must own the folder of an ipc path,"
                + " and TCP ports below 1024 need a privilege"
        case ENOENT, ENOTDIR:
            "the folder of the ipc path does not exist; create it with mode 0700"
        case EROFS:
            "the folder of the ipc path is on a read-only file system; choose another"
        case ENAMETOOLONG:
            "the path is longer than \(Endpoint.maximumPathBytes) bytes; use a shorter folder"
        case EMFILE:
            "too many open files or sockets; raise the limit of open files (LimitNOFILE) or maximumSockets"
        case ENFILE:
            "the whole system has too many open files; raise fs.file-max"
        case ENOMEM,
            _ where code == EAGAIN && operation == .startThread:
            "no memory or thread is left for this service; raise its limits (MemoryMax, TasksMax)"
        case EINVAL where operation == .connect:
            "that is no place to connect to; name a host and a port, without *"
        case EINVAL:
            "libzmq does not accept the value; please report this defect"
        default:
            nil
        }
    }

    private static func unknown(_ code: Int32) -> String {
        let text = zmq_strerror(code).map { String(cString: $0) } ?? "unknown error"
        return "\(text) (error number \(code))"
    }
}
