import Glibc

/// Delivery into a folder: one `.eml` file a message, for hosts without a mail server and for trials.
///
/// A file stands there whole or not at all, and is on the disk when `accepted` is said. Its name is the Message-ID, so that
/// a resend changes nothing.
public struct OutboxTransport: MailTransport {
    private let folder: String

    /// `folder` must exist.
    public init(folder: String) {
        self.folder = folder
    }

    /// Writes the message.
    public func deliver(_ message: MailMessage, envelope: Envelope) async -> DeliveryOutcome {
        let name = "\(message.messageID.text).eml"
        let path = "\(folder)/\(name)"
        if access(path, F_OK) == 0 { return .accepted(reply: "\(name) was already in the outbox") }
        let unique = String(UInt32.random(in: .min ... .max), radix: 16)
        do throws(OutboxFailure) {
            try Self.write(message.encoded(), path: path, temporary: "\(folder)/.\(unique).partial", folder: folder)
            return .accepted(reply: "\(name) is in the outbox")
        } catch {
            return .serverTrouble(code: nil, text: error.description.excerpt(DeliveryOutcome.textLimit))
        }
    }

    private static func write(
        _ bytes: [UInt8], path: String, temporary: String, folder: String
    ) throws(OutboxFailure) {
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw OutboxFailure("create", temporary) }
        do throws(OutboxFailure) {
            defer { close(file) }
            try writeAll(bytes, to: file, path: temporary)
            guard fsync(file) == 0 else { throw OutboxFailure("sync", temporary) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let failure = OutboxFailure("name", path)
            unlink(temporary)
            throw failure
        }
        try sync(folder: folder)
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws(OutboxFailure) {
        var position = 0
        while position < bytes.count {
            let count = bytes[position...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw OutboxFailure("write", path) }
            position += count
        }
    }

    private static func sync(folder: String) throws(OutboxFailure) {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw OutboxFailure("open", folder) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw OutboxFailure("sync", folder) }
    }
}

/// Why a file could not be written; captures errno where it is made.
private struct OutboxFailure: Error, CustomStringConvertible {
    let description: String

    init(_ operation: String, _ path: String) {
        let reason = String(cString: strerror(errno))
        description =
            "outbox: cannot \(operation) \(path): \(reason); check that the folder exists, is writable and has room"
    }
}
