/// Bytes that go to the store or come from it, in whatever memory they lie: a frame of the wire is one.
public protocol StoredBytes: Sendable {
    /// How many bytes there are.
    var count: Int { get }

    /// Lends the bytes; the pointer must not be used after `body` ends.
    func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result
}

/// Bytes in an array.
public struct ByteArray: StoredBytes, Hashable {
    /// The bytes.
    public let bytes: [UInt8]

    /// These bytes.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// How many bytes there are.
    public var count: Int { bytes.count }

    /// Lends the bytes; the pointer must not be used after `body` ends.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.span.bytes.withUnsafeBytes(body)
    }
}
