import Alerting
import Foundation
import Operations

/// The file that holds the secret of the answers' tokens: 64 hexadecimal digits, for its owner's eyes only.
public struct AnswerKeyFile: Sendable {
    private let path: String

    /// The file at `path`.
    public init(path: String) {
        self.path = path
    }

    /// The secret; nil when there is no file yet.
    /// - Throws: `ConfigurationError` when others may read the file, or when it holds anything else.
    public func read() throws(ConfigurationError) -> AnswerKey? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let key = AnswerKey(Self.bytes(try file.read())) else {
            throw problem("holds no secret of 64 hexadecimal digits: remove it and greffier-notify makes a new one")
        }
        return key
    }

    /// The secret, made when there is none. Of two programs that make it at once, one's is kept.
    /// - Throws: `ConfigurationError`.
    public func readOrMake() throws(ConfigurationError) -> AnswerKey {
        if let key = try read() { return key }
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<AnswerKey.byteCount).map { _ in
            let byte = UInt8.random(in: 0...255, using: &generator)
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw problem("cannot be made: \(String(cString: strerror(errno)))") }
        let bytes = Array((digits.joined() + "\n").utf8)
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        // A link fails where a file is already, which is then the one that counts.
        if isWritten { _ = link(temporary, path) }
        _ = unlink(temporary)
        guard let key = try read() else { throw problem("cannot be made: check the folder and the disk") }
        return key
    }

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 * AnswerKey.byteCount else { return [] }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private var file: SecretFile { SecretFile(path: path, key: "answers.keyFile") }

    private func problem(_ message: String) -> ConfigurationError { file.problem(message) }
}
