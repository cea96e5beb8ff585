import Console
import Foundation
import Logging
import Testing

@testable import Operations

@Suite("A log that cannot be written")
struct LogStreamTests {
    /// A descriptor that leads to one file after the other.
    private final class Descriptor {
        let number: CInt
        let path: String

        init(_ path: String) {
            self.path = path
            number = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }

        deinit { close(number) }

        func lead(to other: Descriptor) { dup2(other.number, number) }
    }

    private func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { String($0.dropFirst(3)) }
    }

    private func logger(_ descriptor: Descriptor) -> Logger {
        let stream = LogStream(OutputDescriptor(descriptor.number))
        return Logger(label: "test") { _ in
            StructuredLogHandler(program: "test", level: .info, form: .journal, stream: stream)
        }
    }

    @Test("Lines that a full device does not take are counted, and said once there is room again")
    func fullDevice() throws {
        let full = Descriptor("/dev/full")
        try #require(full.number >= 0)
        let file = Descriptor(NSTemporaryDirectory() + "log-\(UUID().uuidString)")
        defer { unlink(file.path) }
        let logger = logger(full)
        for number in 1...3 { logger.info("lost", metadata: ["number": "\(number)"]) }
        full.lead(to: file)
        logger.info("kept")
        logger.info("kept too")
        #expect(
            try lines(file.path) == [
                "lines of the log could not be written and are lost lines=3 reason=\"No space left on device\"",
                "kept", "kept too",
            ])
    }

    @Test("A pipe that is full loses lines and keeps nobody waiting; what it took in part is ended first")
    func fullPipe() throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0 && fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
        defer { ends.forEach { close($0) } }
        let stream = LogStream(OutputDescriptor(ends[1]))
        let long = String(repeating: "x", count: 50_000)
        for _ in 1...3 { stream.write("<6>\(long)\n") { _ in "" } }
        var bytes = [UInt8](repeating: 0, count: 1 << 17)
        try #require(read(ends[0], &bytes, bytes.count) > 50_000)
        stream.write("<6>kept\n") { "<4>lost \($0.lines)\n" }
        let count = read(ends[0], &bytes, bytes.count)
        try #require(count > 0)
        #expect(String(decoding: bytes[..<count], as: UTF8.self) == "\n<4>lost 2\n<6>kept\n")
    }
}
