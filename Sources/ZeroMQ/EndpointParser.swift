internal import Glibc

/// Text to endpoint, byte by byte: an address decides who is heard, so only what is understood passes.
enum EndpointParser {
    static func parse(_ text: String) throws(EndpointProblem) -> Endpoint.Address {
        guard let separator = text.range(of: "://") else { throw .unknownTransport }
        let rest = String(text[separator.upperBound...])
        let parse: (String) throws(EndpointProblem) -> Endpoint.Address
        switch text[..<separator.lowerBound] {
        case "ipc": parse = ipc
        case "tcp": parse = tcp
        case "inproc": parse = inproc
        default: throw .unknownTransport
        }
        guard !rest.isEmpty else { throw .empty }
        guard !rest.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw .controlCharacter }
        return try parse(rest)
    }

    private static func ipc(_ path: String) throws(EndpointProblem) -> Endpoint.Address {
        guard path != "*", !path.hasPrefix("@") else { throw .unprotectedPath }
        let bytes = path.utf8.count
        guard bytes <= Endpoint.maximumPathBytes else { throw .pathTooLong(bytes: bytes) }
        return .ipc(path: path)
    }

    private static func inproc(_ name: String) throws(EndpointProblem) -> Endpoint.Address {
        let bytes = name.utf8.count
        guard bytes <= Endpoint.maximumNameBytes else { throw .nameTooLong(bytes: bytes) }
        return .inproc(name: name)
    }

    private static func tcp(_ rest: String) throws(EndpointProblem) -> Endpoint.Address {
        guard let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") else { throw .missingPort }
        let host = String(rest[..<colon])
        let port = try port(rest[rest.index(after: colon)...])
        guard isHost(host) else { throw .invalidHost }
        return .tcp(host: host, port: port)
    }

    private static func port(_ text: Substring) throws(EndpointProblem) -> UInt16? {
        if text == "*" { return nil }
        // `UInt16` alone would read "+80".
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt16(text), number > 0
        else { throw .invalidPort }
        return number
    }

    private static func isHost(_ host: String) -> Bool {
        if host == "*" { return true }
        if host.hasPrefix("[") { return LoopbackHost.ipv6Bytes(host) != nil }
        guard !host.isEmpty, host.utf8.count <= 253 else { return false }
        return host.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}

/// The hosts that are this host whatever the network says: RFC 1122 section 3.2.1.3 (127.0.0.0/8), RFC 4291 section
/// 2.5.3 (::1) and RFC 6761 section 6.3 (localhost).
enum LoopbackHost {
    static func contains(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        if let bytes = ipv4Bytes(host) { return bytes[0] == 127 }
        guard let bytes = ipv6Bytes(host) else { return false }
        return bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// The 4 bytes of an address in four decimal parts; the looser forms of inet_aton(3) are no addresses here.
    private static func ipv4Bytes(_ host: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 4)
        return inet_pton(AF_INET, host, &bytes) == 1 ? bytes : nil
    }

    /// The 16 bytes of an address in brackets.
    static func ipv6Bytes(_ host: String) -> [UInt8]? {
        guard host.hasPrefix("["), host.hasSuffix("]") else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &bytes) == 1 ? bytes : nil
    }
}

extension String {
    /// The first place of an ASCII `pattern`; the standard library has none without Foundation that works on bytes.
    fileprivate func range(of pattern: String) -> Range<String.Index>? {
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: pattern.utf8) {
                return start..<utf8.index(start, offsetBy: pattern.utf8.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
