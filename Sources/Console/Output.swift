import Foundation
import JSONCodec

/// What a program prints.
public enum Output {
    /// A line on standard output.
    public static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// A value as one line of JSON on standard output.
    public static func json(_ value: some JSONObject) {
        FileHandle.standardOutput.write(Data(value.jsonBytes() + [UInt8(ascii: "\n")]))
    }

    /// A line on standard error.
    public static func error(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
