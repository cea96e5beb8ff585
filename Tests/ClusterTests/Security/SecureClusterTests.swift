import Access
import Foundation
import GreffierProtocol
import Testing
import ZeroMQ

extension ClusterTests {
    @Suite("Keys")
    struct Keys {
        @Test("A cluster over an encrypted port does its work, and no secret key is in a log or on a command line")
        func wholeWay() async throws {
            let secure = try await SecureCluster()
            let cluster = secure.cluster
            try await cluster.startAndWait()
            let document = FictionalDocument(1_200)
            let run = try await cluster.greffier(
                "push", "--wait", "--json", try cluster.folder.write(document.fileName, document.bytes))
            #expect(run.code == 0, "\(run.errors)")
            #expect(try await RegisterContents.read(cluster).numbers == [document.number])
            #expect(try await cluster.documents().map(\.source) == ["programs"])
            let secrets = try ["broker.key", "own.key"].map {
                try KeyFile.read(cluster.folder.path($0)).secretKey.revealed
            }
            let texts =
                ProgramName.cluster.map { cluster.folder.text($0.rawValue + ".log") } + [run.output, run.errors]
            for secret in secrets { #expect(texts.allSatisfy { !$0.contains(secret) }) }
        }

        @Test("SIGHUP reads the list anew; a broken one changes nothing and is said; who is taken off is turned away")
        func reloading() async throws {
            let secure = try await SecureCluster()
            let cluster = secure.cluster
            try await cluster.startAndWait([.broker])
            let good = cluster.folder.text("keys.list")
            let broker = try cluster.program(.broker)
            try cluster.folder.write("keys.list", good + "somebody dances here\n")
            broker.sendSignal(SIGHUP)
            try await cluster.waitUntil("the broken list is said") {
                secure.log.contains("line 3") && secure.log.contains("dances")
            }
            #expect(try await cluster.status() != nil)
            try cluster.folder.write("keys.list", "# nobody\n")
            broker.sendSignal(SIGHUP)
            try await cluster.waitUntil("the list is read") { secure.log.contains("read anew keys=0") }
            let turnedAway = try await cluster.greffier("status")
            #expect(turnedAway.code == 4 && turnedAway.errors.contains("not let in"), "\(turnedAway.errors)")
            #expect(secure.log.contains("a key that is not on the list was turned away"))
            try cluster.folder.write("keys.list", good)
            broker.sendSignal(SIGHUP)
            try await cluster.waitUntil("the hand tool is let in again") { try await cluster.status() != nil }
        }

        @Test("A client that expects another broker's key, or speaks in clear, ends with the cause")
        func wrongServer() async throws {
            let secure = try await SecureCluster()
            let cluster = secure.cluster
            try await cluster.startAndWait([.broker])
            let configuration = cluster.folder.text("greffier.yaml")
            let other = try CurveKeyPair().publicKey
            try cluster.folder.write(
                "greffier.yaml", configuration.replacing("'\(secure.brokerKey)'", with: "'\(other)'"))
            let wrong = try await cluster.greffier("status")
            #expect(wrong.code == 4 && wrong.errors.contains("hung up during the handshake"), "\(wrong.errors)")
            try cluster.folder.write("greffier.yaml", "endpoint: tcp://127.0.0.1:\(secure.port)\n")
            let clear = try await cluster.greffier("status")
            #expect(clear.code == 4, "\(clear.errors)")
        }

        @Test("keygen writes a pair that only its owner may read, never over another, and prints the list's line")
        func keygen() async throws {
            let cluster = try Cluster()
            let path = cluster.folder.path("a.key")
            let made = try await cluster.keygen("--role", "push,operate", "--name", "a", "--out", path)
            let pair = try KeyFile.read(path)
            #expect(made.code == 0 && made.output == "a push,operate \(pair.publicKey)\n", "\(made.errors)")
            #expect(!(made.output + made.errors).contains(pair.secretKey.revealed))
            let again = try await cluster.keygen("--role", "push", "--name", "a", "--out", path)
            #expect(again.code == 1 && again.errors.contains("never overwritten"))
            #expect(try KeyFile.read(path).publicKey == pair.publicKey)
            let wrong = try await cluster.keygen("--role", "dance", "--out", path + "2")
            #expect(wrong.code == 2 && wrong.errors.contains("work:ingest"), "\(wrong.errors)")
        }

        @Test(
            "Keys that others may read, lists that others may write, and ports without keys: exit code 2 and the cure")
        func refusedConfigurations() async throws {
            let secure = try await SecureCluster()
            let cluster = secure.cluster
            let folder = cluster.folder
            let configuration = folder.text("greffier.yaml")
            for (file, mode, cure) in [("own.key", 0o644, "chmod 600"), ("keys.list", 0o666, "chmod 644")] {
                chmod(folder.path(file), mode_t(mode))
                let run = try await cluster.greffier("config", "check")
                #expect(run.code == 2 && run.errors.contains(cure), "\(run.errors)")
                chmod(folder.path(file), 0o600)
            }
            #expect(try await cluster.greffier("config", "check").code == 0)
            for endpoint in ["tcp://0.0.0.0:5555", "tcp://*:5555", "tcp://192.0.2.1:5555", "tcp://broker.exemple:5555"]
            {
                try folder.write("greffier.yaml", "endpoint: \(endpoint)\n")
                for name in [ProgramName.broker, .ingest, .greffier] {
                    let log = folder.path("\(UUID()).log")
                    let arguments = (name == .greffier ? ["status"] : []) + cluster.options.prefix(4)
                    let run = try await CommandRun(
                        of: try RunningProgram(name.path, arguments, output: log, errors: log))
                    #expect(run.code == 2 && run.errors.contains("greffier keygen"), "\(name) \(run.errors)")
                }
            }
            try folder.write("greffier.yaml", configuration.replacing("  list: keys.list\n", with: ""))
            let listless = try await cluster.greffier("config", "check")
            #expect(listless.code == 2 && listless.errors.contains("keys.list"), "\(listless.errors)")
        }
    }
}
