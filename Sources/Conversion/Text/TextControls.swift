/// Which control characters a text may hold.
enum TextControls {
    static let formFeed: UInt8 = 0x0C

    /// Tab, line feed, vertical tab, form feed, carriage return.
    static func isSpacing(_ byte: UInt8) -> Bool { (0x09...0x0D).contains(byte) }

    /// One stray control character among this many bytes is damage; more make the document binary.
    static let bytesPerStray = 256
}
