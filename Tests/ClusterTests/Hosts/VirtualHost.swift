import Foundation
import Glibc

/// A host of its own on this machine: its network, name and process numbers are Linux namespaces. It ends with the test,
/// however that ends: its first process reads a pipe of the test's, and with its first process every other one dies, and
/// with the last of them its network.
final class VirtualHost {
    let name: String
    /// Its first process, by this machine's number.
    private let first: pid_t
    private let keeper: RunningProgram
    private let lifeline: Int32

    /// Why this machine can make no hosts, or nil where it can: that takes root, namespaces and the tools of iproute2.
    static let obstacle: String? = {
        guard getuid() == 0 else { return "only root may make network namespaces" }
        let trial = """
            ip link add name trial type bridge && ip link add name left type veth peer name right && \
            ip link set right master trial
            """
        do {
            try Shell.run("unshare --net --pid --mount --uts --fork sh -c '\(trial)'")
        } catch {
            return "this machine makes no network namespaces: \(error)"
        }
        return nil
    }()

    /// Starts a host with no network but its own loopback.
    /// - Parameter scratch: where the pipe and the log of its first process lie.
    init(_ name: String, scratch: TestFolder) async throws {
        self.name = name
        let unique = scratch.path("host-\(name)-\(UUID().uuidString.prefix(4))")
        guard mkfifo(unique, 0o600) == 0 else { throw NeverCame(description: "no pipe for the host \(name)") }
        // Open for both, as else it would wait for the reader; other children must not hold it open.
        lifeline = open(unique, O_RDWR | O_CLOEXEC)
        let life = "hostname \(name); ip link set lo up; echo up; cat >/dev/null"
        keeper = try RunningProgram(
            "/usr/bin/env",
            [
                "unshare", "--net", "--pid", "--mount", "--uts", "--fork", "--kill-child", "--mount-proc", "sh", "-c",
                life,
            ], output: unique + ".log", errors: unique + ".log", input: unique)
        try await wait(for: "the host \(name)") {
            (try? String(contentsOfFile: unique + ".log", encoding: .utf8))?.contains("up\n") == true
        }
        guard let child = ProcessTable.child(of: keeper.identifier) else {
            throw NeverCame(description: "the host \(name) has ended")
        }
        first = child
    }

    deinit { close(lifeline) }

    /// The words that run what follows them on this host.
    var entering: [String] {
        ["nsenter", "--target", "\(first)", "--net", "--pid", "--mount", "--uts", "--"]
    }

    /// The words that run what follows them in this host's network, for what shall outlive the host.
    var enteringNetwork: [String] { ["nsenter", "--target", "\(first)", "--net", "--"] }

    /// Runs a command on it.
    @discardableResult
    func run(_ command: String) throws -> String {
        try Shell.run("\(entering.joined(separator: " ")) sh -c '\(command)'")
    }

    /// Ends it as a power cut does: every process at once, without a word to anybody.
    func crash() async throws {
        Glibc.kill(first, SIGKILL)
        _ = try await keeper.exitCode()
    }

    /// Runs `ip` in its network.
    func ip(_ arguments: String) throws { try Shell.run("nsenter --target \(first) --net ip \(arguments)") }

    /// Lays a cable to `other`: an interface at each end.
    func connect(_ interface: String, to other: VirtualHost, _ otherInterface: String) throws {
        try ip("link add name \(interface) type veth peer name \(otherInterface) netns \(other.first)")
    }
}

/// Short commands of this machine's shell.
enum Shell {
    /// Runs a command to its end; what it printed.
    /// - Throws: ``NeverCame`` with what it said, if its exit code is not 0.
    @discardableResult
    static func run(_ command: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.path + "/greffier-shell-\(UUID().uuidString)"
        defer { unlink(file) }
        var child = try ChildProcess(
            "/bin/sh", ["-c", command], environment: ProcessInfo.processInfo.environment, input: "/dev/null",
            output: file, errors: file)
        while child.isRunning() { usleep(2_000) }
        let said = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        guard child.exitCode == 0 else { throw NeverCame(description: "\(command): \(said.prefix(500))") }
        return said
    }
}
