import Foundation
import Testing

@testable import Conversion

@Suite("Tools in bounded processes")
struct ToolTests {
    private func run(
        _ program: String, _ arguments: [String], limit: Int = 1 << 20, seconds: Double = 60
    ) throws -> BoundedProcess.Outcome {
        try BoundedProcess(
            program: program, arguments: arguments, environment: ["LANG=C.UTF-8"], outputLimit: limit,
            deadline: .now + .seconds(seconds)
        ).run()
    }

    @Test("Output, messages and status come back")
    func ordinary() throws {
        let outcome = try run("/bin/sh", ["-c", "echo texte; echo plainte >&2; exit 7"])
        #expect(outcome.output == Array("texte\n".utf8) && outcome.messages == "plainte\n")
        #expect(outcome.ending == .exited(7))
    }

    @Test("A large output comes whole, one byte over the limit ends the process")
    func outputLimit() throws {
        #expect(try run("/usr/bin/head", ["-c", "3000000", "/dev/zero"], limit: 3_000_000).output.count == 3_000_000)
        #expect(try run("/usr/bin/head", ["-c", "3000001", "/dev/zero"], limit: 3_000_000).ending == .tooMuchOutput)
        #expect(try run("/usr/bin/yes", []).ending == .tooMuchOutput)
    }

    @Test(
        "A process that works, sleeps, closes its outputs or leaves children ends at its deadline",
        arguments: [
            "while :; do :; done", "sleep 600", "exec >&- 2>&-; sleep 600", "sleep 600 & sleep 600",
            "trap '' TERM; sleep 600",
        ])
    func deadline(script: String) throws {
        #expect(try run("/bin/sh", ["-c", script], seconds: 0.3).ending == .outOfTime)
    }

    @Test("Endless messages neither fill memory nor block")
    func messages() throws {
        let outcome = try run("/bin/sh", ["-c", "head -c 5000000 /dev/zero | tr '\\0' x >&2; echo fin"])
        #expect(outcome.messages.utf8.count == 4_096 && outcome.output == Array("fin\n".utf8))
    }

    @Test("A process has a clean environment, no input and none of this process's descriptors")
    func clean() throws {
        #expect(try run("/usr/bin/env", []).output == Array("LANG=C.UTF-8\n".utf8))
        #expect(try run("/bin/cat", []).output.isEmpty)
        let file = open("/dev/null", O_RDONLY)
        defer { close(file) }
        let descriptors = String(decoding: try run("/bin/ls", ["/proc/self/fd"]).output, as: UTF8.self)
        // The fourth is the folder that ls reads.
        #expect(descriptors.split(separator: "\n").count == 4)
    }

    @Test("A program that is not there is told with the system's error")
    func absent() {
        #expect(throws: BoundedProcess.NotStarted.self) { try run("/nonexistent/program", []) }
    }

    @Test(
        "The sandbox has no network, no file but the document and the programs', and no process but its own",
        .needs(.bubblewrap))
    func sandbox() throws {
        try #require(ToolRunner.standard.isolation == .bubblewrap)
        let folder = try PrivateFolder()
        try folder.write(Array("texte".utf8), to: "document")
        let prefix = try #require(
            Isolation.bubblewrap.command(showing: folder.path, memoryBytes: 1 << 20, in: .standard))
        func inside(_ words: String...) throws -> String {
            let outcome = try run(prefix[0], prefix.dropFirst() + words)
            return String(decoding: outcome.output, as: UTF8.self)
        }
        #expect(try inside("/usr/bin/cat", "/document/document") == "texte")
        let root = try inside("/usr/bin/ls", "/").split(separator: "\n").map(String.init)
        #expect(
            Set(root).isSubset(of: ["bin", "dev", "document", "etc", "lib", "lib64", "proc", "tmp", "usr"]), "\(root)")
        #expect(!FileManager.default.fileExists(atPath: "/home") || !root.contains("home"))
        #expect(try inside("/usr/bin/grep", "-c", ":", "/proc/net/dev") == "1\n")
        #expect(try inside("/usr/bin/id", "-u") == "65534\n")
        #expect(try run(prefix[0], prefix.dropFirst() + ["/usr/bin/touch", "/document/autre"]).ending != .exited(0))
        #expect(try inside("/usr/bin/ls", "/proc").split(separator: "\n").count { Int($0) != nil } <= 2)
        #expect(try inside("/usr/bin/prlimit", "--nproc", "--noheadings", "--raw", "--output", "SOFT") == "256\n")
        // What it writes goes into memory, and no further than its limit; no other name space can be made.
        #expect(try inside("/usr/bin/sh", "-c", "head -c 2000000 /dev/zero > /tmp/x; stat -c %s /tmp/x") == "1048576\n")
        #expect(try run(prefix[0], prefix.dropFirst() + ["/usr/bin/unshare", "--user", "true"]).ending != .exited(0))
    }

    @Test("Without bubblewrap, what a tool left behind in a session of its own ends with it")
    func leftBehind() throws {
        let prefix = try #require(Isolation.networkOnly.command(showing: "/tmp", memoryBytes: 1 << 20, in: .standard))
        let works = try run(prefix[0], prefix.dropFirst() + ["/usr/bin/true"]).ending == .exited(0)
        try #require(works, "this host lets nobody make user name spaces")
        let mark = "\(Int.random(in: 100_000...999_999)).25"
        let script = "setsid sleep \(mark) & sleep 0.1"
        #expect(try run(prefix[0], prefix.dropFirst() + ["/bin/sh", "-c", script]).ending == .exited(0))
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
        let left = processes.filter { process in
            let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            return String(decoding: words, as: UTF8.self).hasPrefix("sleep\0\(mark)")
        }
        #expect(left.isEmpty)
    }

    @Test("The private folder is this user's alone and goes with its owner; what a killed process left goes later")
    func privateFolder() throws {
        var path = ""
        do {
            let folder = try PrivateFolder()
            path = folder.path
            try folder.write([1, 2, 3], to: "document")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
            let file = try FileManager.default.attributesOfItem(atPath: "\(path)/document")
            #expect(file[.posixPermissions] as? Int == 0o600)
            PrivateFolder.removeAbandoned()
            #expect(FileManager.default.fileExists(atPath: "\(path)/document"))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(mkdir(path, 0o700) == 0)
        PrivateFolder.removeAbandoned()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("A folder so called that is open to others, or a link so called, is left alone")
    func foreignFolder() throws {
        let parent = FileManager.default.temporaryDirectory.path
        let (open, link) = (
            "\(parent)/greffier-conversion-\(UUID().uuidString)", "\(parent)/greffier-conversion-\(UUID().uuidString)"
        )
        #expect(mkdir(open, 0o700) == 0 && chmod(open, 0o777) == 0 && symlink(open, link) == 0)
        defer {
            unlink(link)
            rmdir(open)
        }
        PrivateFolder.removeAbandoned()
        #expect(FileManager.default.fileExists(atPath: open))
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == open)
    }
}

@Suite("Which sandbox a host allows")
struct IsolationProbeTests {
    /// What the probe finds where `script` stands for bubblewrap.
    private func probe(_ script: String) throws -> IsolationProbe {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, script) in [("bwrap", script), ("true", "exit 0")] {
            let path = folder.appendingPathComponent(name).path
            _ = FileManager.default.createFile(
                atPath: path, contents: Data("#!/bin/sh\n\(script)\n".utf8), attributes: [.posixPermissions: 0o700])
        }
        return IsolationProbe(ProgramFolders([folder.path]))
    }

    @Test("A moment in which it cannot be told does not do without the sandbox")
    func busy() throws {
        let busy = "echo 'bwrap: Creating new namespace failed: Resource temporarily unavailable' >&2; exit 1"
        #expect(try probe(busy).isolation == .bubblewrap)
        #expect(try probe("kill -9 $$").isolation == .bubblewrap)
    }

    @Test("A bubblewrap that does not know all is asked for less")
    func old() throws {
        let old =
            "for word; do [ $word != --disable-userns ] || { echo \"bwrap: Unknown option $word\" >&2; exit 1; }; done"
        let probe = try probe(old)
        #expect(probe.isolation == .bubblewrap && probe.isOld && probe.refusal == nil)
    }

    @Test("A host that forbids user name spaces is told what forbids them, and not to install what it has")
    func forbidden() throws {
        let forbidden = try probe("echo 'bwrap: No permissions to create new namespace' >&2; exit 1")
        #expect(forbidden.isolation == .none && forbidden.refusal?.contains("No permissions") == true)
        let absent = ToolRunner(ProgramFolders([]))
        #expect(absent.isolation == .none && absent.isolationWarning?.contains("install") == true)
        #expect(ToolRunner(ProgramFolders([]), isolation: .bubblewrap).isolationWarning == nil)
    }
}

@Suite("Limits on tools")
struct ToolLimitTests {
    /// What becomes of a PDF when `script` stands for pdftotext.
    private func error(of script: String, _ limits: ConversionLimits = ConversionLimits()) throws -> ConversionError? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tool = folder.appendingPathComponent("pdftotext").path
        _ = FileManager.default.createFile(
            atPath: tool, contents: Data("#!/bin/sh\n\(script)\n".utf8), attributes: [.posixPermissions: 0o700])
        let tools = ToolRunner(ProgramFolders([folder.path, "/usr/bin", "/bin"]), isolation: .none)
        do throws(ConversionError) {
            _ = try Converter(limits: limits, tools: tools).convert(Array("%PDF-1.4\n".utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("Too much work is the document's fault, too little time the host's")
    func time() throws {
        var limits = ConversionLimits()
        limits.processorSeconds = 1
        #expect(try error(of: "while :; do :; done", limits) == .tooMuchWork(.pdftotext, seconds: 1))
        limits.clockSeconds = 1
        let late = try error(of: "sleep 600", limits)
        #expect(late == .outOfTime(.pdftotext, seconds: 1) && late?.isOfHost == true)
    }

    @Test("Too much memory is refused")
    func memory() throws {
        var limits = ConversionLimits()
        limits.memoryBytes = 64 << 20
        #expect(try error(of: "tail /dev/zero", limits) == .tooMuchMemory(.pdftotext, bytes: 64 << 20))
    }

    @Test("A crash is told with its signal; a tool that the host ends may run again")
    func signals() throws {
        #expect(try error(of: "kill -SEGV $$") == .toolCrashed(.pdftotext, signal: 11))
        #expect(try error(of: "kill -KILL $$")?.isOfHost == true)
        #expect(try error(of: "echo bwrap: Creating new namespace failed >&2; exit 1")?.isOfHost == true)
    }

    @Test("What a tool says of the document is kept, cut short")
    func messages() throws {
        let said = try error(of: "echo Syntax Error: page tree >&2; exit 1")
        #expect(said?.description.contains("Syntax Error: page tree") == true)
        let long = try error(of: "head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1")
        #expect((long?.description.utf8.count ?? 0) < 300)
        #expect(try error(of: "echo 'Command Line Error: Incorrect password' >&2; exit 1") == .encrypted(.pdf))
    }
}
