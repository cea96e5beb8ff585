import Glibc
import JSONCodec

/// What a program prints.
public enum Output {
    /// A line on standard output.
    public static func line(_ text: String) {
        write(Array((text + "\n").utf8))
    }

    /// A value as one line of JSON on standard output.
    public static func json(_ value: some JSONObject) {
        write(value.jsonBytes() + [UInt8(ascii: "\n")])
    }

    /// A line on standard error, as far as that takes it.
    public static func error(_ text: String) {
        try? OutputDescriptor.standardError.write(Array((text + "\n").utf8), waiting: true)
    }

    /// What a shell reports of a program that SIGPIPE ended.
    private static let exitCodeOfClosedPipe: CInt = 128 + SIGPIPE

    /// The program ends when what it says reaches nobody: quietly when the reader has enough (`greffier … | head`).
    private static func write(_ bytes: [UInt8]) {
        do throws(OutputDescriptor.Failure) {
            try OutputDescriptor.standardOutput.write(bytes, waiting: true)
        } catch {
            if error.isClosedPipe { _exit(exitCodeOfClosedPipe) }
            Self.error("standard output cannot be written (\(error)): what was printed is not complete")
            _exit(1)
        }
    }
}
