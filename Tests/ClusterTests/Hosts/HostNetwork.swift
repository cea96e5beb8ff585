/// Cables from one host to others, each through a switch of its own, on which it is cut.
final class HostNetwork {
    private let switches: VirtualHost
    private var ports: [String: String] = [:]

    init(scratch: TestFolder) async throws {
        switches = try await VirtualHost("switches", scratch: scratch)
    }

    /// Lays the cable from `centre` to `host`. The centre has the address 10.77.`number`.1 on it, the host 10.77.`number`.2.
    func connect(_ centre: VirtualHost, to host: VirtualHost, number: Int) throws {
        try switches.ip("link add name switch\(number) type bridge")
        try switches.ip("link set switch\(number) up")
        try plug(centre, address: "10.77.\(number).1", number: number)
        try plug(host, address: "10.77.\(number).2", number: number)
    }

    /// Takes a host's cable out of its switch, and away: what is sent to it is lost without a word.
    func unplug(_ host: VirtualHost) throws {
        try cut(host)
        try switches.ip("link delete \(port(host))")
    }

    /// Connects a host that was started anew to the switch where its forerunner was.
    func reconnect(_ host: VirtualHost, number: Int) throws {
        try plug(host, address: "10.77.\(number).2", number: number)
    }

    /// Cuts a host off: what is sent to it or by it is lost without a word, as behind a switch that lost its power. Both ends
    /// believe that the cable is there.
    func cut(_ host: VirtualHost) throws { try switches.ip("link set \(port(host)) nomaster") }

    /// Ends ``cut(_:)``.
    func heal(_ host: VirtualHost) throws {
        guard let bridge = ports[host.name] else { return }
        try switches.ip("link set \(port(host)) master \(bridge)")
    }

    private func port(_ host: VirtualHost) -> String { "to-\(host.name)" }

    private func plug(_ host: VirtualHost, address: String, number: Int) throws {
        // The centre has a port on each switch, the others have one.
        let isCentre = address.hasSuffix(".1")
        let port = isCentre ? "centre\(number)" : port(host)
        try switches.connect(port, to: host, "eth\(number)")
        try switches.ip("link set \(port) master switch\(number) up")
        try host.ip("addr add \(address)/24 dev eth\(number)")
        try host.ip("link set eth\(number) up")
        if !isCentre { ports[host.name] = "switch\(number)" }
    }
}
