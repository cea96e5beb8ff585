import Glibc

/// A stream of the process that is written with write(2): a full device, or a reader that is gone, is an answer here and
/// ends nothing, as long as SIGPIPE does not.
public struct OutputDescriptor: Sendable {
    /// Standard output.
    public static let standardOutput = OutputDescriptor(STDOUT_FILENO)
    /// Standard error.
    public static let standardError = OutputDescriptor(STDERR_FILENO)

    private let number: CInt

    /// The stream that an open descriptor leads to.
    public init(_ number: CInt) {
        self.number = number
    }

    /// Why not all was written.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        /// The number of the error in <errno.h>.
        public let code: CInt
        /// How many bytes were written before.
        public let written: Int

        public var description: String { String(cString: strerror(code)) }

        /// Whether nobody reads any more.
        public var isClosedPipe: Bool { code == EPIPE }
    }

    /// Writes all of `bytes`.
    /// - Parameter waiting: whether to wait for a reader that is slow, where the stream says so instead of waiting itself.
    /// - Throws: ``Failure``.
    public func write(_ bytes: [UInt8], waiting: Bool) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(number, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count > 0 {
                written += count
                continue
            }
            let code = count == 0 ? EIO : errno
            switch code {
            case EINTR: continue
            case EAGAIN where waiting: waitUntilWritable()
            default: throw Failure(code: code, written: written)
            }
        }
    }

    private func waitUntilWritable() {
        var interest = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = poll(&interest, 1, -1)
    }
}
