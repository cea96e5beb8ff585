/// The limits of the protocol itself. What a deployment may set lower is configuration.
public enum ProtocolLimits {
    /// The most frames of a message, the routing id not counted: tag, verb, header and three payload frames.
    public static let frames = 6
    /// The longest header, in bytes.
    public static let headerBytes = 65_536
    /// The largest document that a broker accepts unless its configuration says less, in bytes.
    public static let documentBytes = 64 << 20
    /// The largest result frame (Extract, text or Report), in bytes.
    public static let resultBytes = 128 << 20
    /// The longest name of a document or source, in bytes.
    public static let nameBytes = 1_024
    /// The most ids that one `OUTCOME` asks for.
    public static let outcomeIDs = 256
    /// The most documents that one `LIST` returns.
    public static let listedDocuments = 500
}
