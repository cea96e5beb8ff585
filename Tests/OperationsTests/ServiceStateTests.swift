import Foundation
import Testing

@testable import Operations

/// The socket of a service manager.
private final class ManagerSocket {
    let path = "/tmp/notify-\(UUID().uuidString.prefix(8))"
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafeBytes(of: &address) { bytes in
            bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        try #require(status == 0)
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// What has been said so far.
    func messages() -> [String] {
        var messages: [String] = []
        var buffer = [UInt8](repeating: 0, count: 512)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return messages }
            messages.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }
}

@Suite("What systemd is told")
struct ServiceStateTests {
    @Test("Ready and stopping are said once each, to the socket that the environment names")
    func readyAndStopping() throws {
        let manager = try ManagerSocket()
        let state = ServiceState(environment: ["NOTIFY_SOCKET": manager.path])
        state.ready()
        state.stopping()
        #expect(manager.messages() == ["READY=1", "STOPPING=1"])
    }

    @Test("A loop that turns fast says so once in a quarter of the watchdog's time")
    func watchdog() throws {
        let manager = try ManagerSocket()
        let state = ServiceState(environment: ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "3600000000"])
        for _ in 0..<1_000 { state.alive() }
        #expect(manager.messages() == ["WATCHDOG=1"])
    }

    @Test(
        "Nobody is told of a watchdog that is not asked for, or of another process",
        arguments: [[:], ["WATCHDOG_USEC": "many"], ["WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"]])
    func noWatchdog(environment: [String: String]) throws {
        let manager = try ManagerSocket()
        let state = ServiceState(environment: environment.merging(["NOTIFY_SOCKET": manager.path]) { own, _ in own })
        state.alive()
        #expect(manager.messages().isEmpty)
    }

    @Test("A service manager that is gone, or none, disturbs nothing", arguments: ["", "/nowhere/socket", "nonsense"])
    func noManager(path: String) {
        let state = ServiceState(environment: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "1000000"])
        state.ready()
        state.alive()
        state.stopping()
    }
}
