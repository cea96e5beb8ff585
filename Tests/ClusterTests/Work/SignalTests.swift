import Foundation
import Testing

extension ClusterTests {
    @Suite("Signals and streams that end no program")
    struct Signals {
        @Test("Every program of a cluster without keys goes on after SIGHUP")
        func hangUp() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            for name in ProgramName.cluster { try cluster.program(name).sendSignal(SIGHUP) }
            try await cluster.waitUntil("the broker has seen it") {
                cluster.folder.text("greffier-broker.log").contains("SIGHUP")
            }
            try await Self.pushOne(8_100, cluster)
            for name in ProgramName.cluster { #expect(try cluster.program(name).isRunning, "\(name.rawValue)") }
            #expect(try await cluster.stop() == [0, 0, 0, 0])
        }

        @Test("A cluster under one command goes on after SIGHUP")
        func hangUpOfAll() async throws {
            let cluster = try Cluster()
            let up = try cluster.startGreffier(["up"])
            try await cluster.waitUntil("its workers are ready") { try await cluster.status()?.workers.count == 3 }
            up.sendSignal(SIGHUP)
            try await cluster.waitUntil("the broker has seen it") {
                (try? String(contentsOfFile: up.errors, encoding: .utf8))?.contains("SIGHUP") == true
            }
            try await Self.pushOne(8_101, cluster)
            #expect(try await up.stop() == 0)
        }

        @Test("A cluster whose log cannot be written does its work and ends in order")
        func fullDevice() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait(loggingTo: "/dev/full")
            try await Self.pushOne(8_102, cluster)
            #expect(try await cluster.stop() == [0, 0, 0, 0])
        }

        @Test(
            "What is printed for nobody ends the command quietly, what a full device does not take with a sentence",
            arguments: [("closed", Int32(141), ""), ("full", 1, "standard output cannot be written (No space left")])
        func output(stream: String, code: Int32, sentence: String) async throws {
            let run = try await Self.run("stdout", stream, ["rules"])
            #expect(run.code == code)
            #expect(sentence.isEmpty ? run.errors.isEmpty : run.errors.contains(sentence), "\(run.errors)")
        }

        @Test("A command whose messages reach nobody ends with its own exit code", arguments: ["closed", "full"])
        func errors(stream: String) async throws {
            #expect(try await Self.run("stderr", stream, ["status", "--endpoint", "nonsense"]).code == 2)
            #expect(try await Self.run("stderr", stream, ["nonsense"]).code == 2)
        }

        /// Runs the hand tool with one of its streams a pipe without a reader, or a full device.
        private static func run(_ name: String, _ stream: String, _ arguments: [String]) async throws -> CommandRun {
            let folder = try TestFolder()
            let script = """
                import os, subprocess, sys
                name, kind, command = sys.argv[1], sys.argv[2], sys.argv[3:]
                reading, writing = os.pipe()
                os.close(reading)
                stream = writing if kind == "closed" else os.open("/dev/full", os.O_WRONLY)
                sys.exit(subprocess.call(command, **{name: stream}) % 256)
                """
            let running = try RunningProgram(
                "/usr/bin/env", ["python3", "-c", script, name, stream, ProgramName.greffier.path] + arguments,
                output: folder.path("out"), errors: folder.path("err"))
            return try await CommandRun(of: running)
        }

        private static func pushOne(_ number: Int, _ cluster: Cluster) async throws {
            let file = try cluster.folder.write("\(number).txt", FictionalDocument(number).bytes)
            let run = try await cluster.greffier("push", "--wait", "--json", file)
            #expect(run.code == 0 && run.output.contains("registered"), "\(run.output) \(run.errors)")
        }
    }
}
