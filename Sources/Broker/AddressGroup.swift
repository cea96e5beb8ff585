import Glibc

/// Addresses that one host or customer has for itself and that count as one: an IPv4 address, or the /64 of an IPv6 address.
struct AddressGroup: Hashable, CustomStringConvertible {
    let description: String

    /// The group of a numeric address, as getnameinfo(3) writes it; anything else is a group of its own.
    init(of address: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard address.contains(":"),
            inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &bytes) == 1
        else {
            description = address
            return
        }
        if bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) {
            description = bytes[12...].map { "\($0)" }.joined(separator: ".")
        } else {
            let words = stride(from: 0, to: 8, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
            description = words.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
        }
    }
}
