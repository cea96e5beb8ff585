import Foundation
import Locks

/// A small HTTP/1.1 server that answers `GET /metrics`, one request a connection and one connection at a time: Prometheus
/// asks every few seconds. What a peer may send and how long it may take are bounded.
public final class MetricsEndpoint: Sendable {
    private static let requestBytes = 8_192
    private static let requestSeconds = 3.0
    private static let pollMilliseconds: Int32 = 200

    /// Where it listens, with the port that was chosen when none was given.
    public let address: MetricsAddress
    private let listener: Int32
    private let isStopped = Lock(false)
    private let page: @Sendable () -> String
    private let turned: @Sendable () -> Void

    /// Listens at `address`; `page` makes each answer, on the thread of ``run()``, and `turned` is called there several times
    /// a second.
    /// - Throws: ``MetricsError``.
    public init(
        _ address: MetricsAddress, turned: @escaping @Sendable () -> Void = {}, page: @escaping @Sendable () -> String
    ) throws(MetricsError) {
        self.page = page
        self.turned = turned
        (listener, self.address) = try Self.listen(address)
    }

    deinit {
        close(listener)
    }

    /// Answers until ``stop()``; blocks the calling thread.
    public func run() {
        while !isStopped.withLock({ $0 }) {
            turned()
            var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Self.pollMilliseconds) > 0 else { continue }
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else {
                // Out of files, say: the connection still waits, so that trying at once would keep a processor busy.
                usleep(100_000)
                continue
            }
            serve(connection)
            close(connection)
        }
    }

    /// Ends ``run()`` within a moment.
    public func stop() {
        isStopped.withLock { $0 = true }
    }

    private func serve(_ connection: Int32) {
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(connection, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        guard let request = Self.request(from: connection) else { return }
        Self.send(answer(to: request), to: connection)
    }

    /// The answer to a request's head.
    func answer(to head: String) -> String {
        let words = head.prefix { $0 != "\r\n" && $0 != "\n" }.split(separator: " ").map(String.init)
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
            return Self.answer("400 Bad Request", "not HTTP/1.1\n")
        }
        guard words[0] == "GET" || words[0] == "HEAD" else {
            return Self.answer("405 Method Not Allowed", "only GET\n", further: "Allow: GET, HEAD\r\n")
        }
        guard words[1] == "/metrics" || words[1].hasPrefix("/metrics?") else {
            return Self.answer("404 Not Found", "see /metrics\n")
        }
        let answer = Self.answer("200 OK", page())
        guard words[0] == "HEAD", let end = answer.range(of: "\r\n\r\n") else { return answer }
        return String(answer[..<end.upperBound])
    }

    private static func answer(_ status: String, _ body: String, further: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
            + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\(further)\r\n\(body)"
    }
}

extension MetricsEndpoint {
    private static func listen(_ address: MetricsAddress) throws(MetricsError) -> (Int32, MetricsAddress) {
        guard let bytes = address.bytes else { throw .cannotListen(address, reason: "it is no address of numbers") }
        let family = address.address.contains(":") ? AF_INET6 : AF_INET
        let listener = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw .cannotListen(address, reason: String(cString: strerror(errno))) }
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let isListening = bytes.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: sockaddr.self) { name in
                name.baseAddress.map { bind(listener, $0, socklen_t(raw.count)) == 0 } ?? false
            }
        }
        guard isListening, Glibc.listen(listener, 16) == 0 else {
            let reason = String(cString: strerror(errno))
            close(listener)
            throw .cannotListen(address, reason: reason)
        }
        return (listener, MetricsAddress(address: address.address, port: port(of: listener) ?? address.port))
    }

    /// The port of a listening socket; it stands at the same place in both families.
    private static func port(of listener: Int32) -> UInt16? {
        var name = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let found = withUnsafeMutableBytes(of: &name) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { getsockname(listener, $0.baseAddress, &length) }
        }
        return found == 0 ? UInt16(bigEndian: name.sin6_port) : nil
    }

    /// The head of a request; nil when it does not come whole, in time and within the limit.
    private static func request(from connection: Int32) -> String? {
        let end = ContinuousClock.now + .seconds(requestSeconds)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1_024)
        while bytes.count < requestBytes, ContinuousClock.now < end {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
            let head = String(decoding: bytes, as: UTF8.self)
            if head.contains("\r\n\r\n") || head.contains("\n\n") { return head }
        }
        return nil
    }

    private static func send(_ text: String, to connection: Int32) {
        var left = Array(text.utf8)[...]
        let end = ContinuousClock.now + .seconds(requestSeconds)
        while !left.isEmpty, ContinuousClock.now < end {
            let count = left.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            left = left.dropFirst(count)
        }
        // The peer has the answer before the connection ends, whatever it still sends.
        shutdown(connection, Int32(SHUT_WR))
    }
}
