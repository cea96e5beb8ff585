import Foundation

/// An address and port of this host.
public struct MetricsAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address, in numbers.
    public let address: String
    /// The port; 0 lets the system choose.
    public let port: UInt16

    /// The address that `text` names: `127.0.0.1:9464` or `[::1]:9464`.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var address = String(text[..<colon])
        if address.hasPrefix("["), address.hasSuffix("]") { address = String(address.dropFirst().dropLast()) }
        self.init(address: address, port: port)
        guard bytes != nil else { return nil }
    }

    init(address: String, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// Whether only programs of this host reach it.
    public var isLoopback: Bool { address.hasPrefix("127.") || address == "::1" }

    public var description: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }

    /// The address as the system's structure of its family; nil when it is none.
    var bytes: [UInt8]? {
        var four = sockaddr_in()
        if inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            return withUnsafeBytes(of: &four) { Array($0) }
        }
        var six = sockaddr_in6()
        guard inet_pton(AF_INET6, address, &six.sin6_addr) == 1 else { return nil }
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        return withUnsafeBytes(of: &six) { Array($0) }
    }
}

/// Why metrics cannot be served.
public enum MetricsError: Error, CustomStringConvertible {
    /// The system does not let us listen there.
    case cannotListen(MetricsAddress, reason: String)

    public var description: String {
        switch self {
        case .cannotListen(let address, let reason):
            "cannot listen at \(address): \(reason). Choose another address with metrics.listen"
        }
    }
}
