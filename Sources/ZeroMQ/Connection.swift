internal import CZeroMQ
internal import Glibc

/// One TCP connection to a listener of this process, by the descriptor that libzmq has for it. libzmq may close it and
/// the system give its number to another at any moment: an address that was read before says whether it is still the same.
public struct Connection: Sendable, Hashable {
    /// The descriptor.
    public let descriptor: Int32

    /// The connection with this descriptor, as ``ConnectionEvent/descriptor`` names it.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The peer's IP address and port, as "192.0.2.1" and 5000; `nil` when it is no TCP connection or has ended.
    public var peer: (host: String, port: String)? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let found = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getpeername(descriptor, address, &size) == 0
                    && [sa_family_t(AF_INET), sa_family_t(AF_INET6)].contains(address.pointee.sa_family)
                    && getnameinfo(
                        address, size, &host, socklen_t(host.count), &port, socklen_t(port.count),
                        NI_NUMERICHOST | NI_NUMERICSERV) == 0
            }
        }
        guard found else { return nil }
        return (string(host), string(port))
    }

    /// Bytes that have arrived on it; `nil` when it is no TCP connection.
    public var receivedBytes: Int? {
        let count = czmq_bytes_received(descriptor)
        return count < 0 ? nil : Int(count)
    }

    /// Ends it: libzmq sees the end of its stream and drops what it had kept for it.
    public func cut() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private func string(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
