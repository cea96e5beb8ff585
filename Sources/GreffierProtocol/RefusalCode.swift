import JSONCodec

/// Why the broker refuses a message, as a stable word for scripts. `protocol/errors.md` lists what each means and the cure.
public enum RefusalCode: String, JSONStringEnumeration, Codable {
    /// The frames are not a Greffier message.
    case malformed
    /// The message is of another version of the protocol.
    case version
    /// The verb is not one of the protocol's.
    case unknownVerb = "unknown-verb"
    /// The header is not the JSON that its verb has.
    case badHeader = "bad-header"
    /// The message has too many frames; or a header, a document, a result, a name or a list is larger than its limit.
    case tooLarge = "too-large"
    /// The document has no bytes.
    case empty
    /// The document's bytes are not as many as the header says.
    case wrongSize = "wrong-size"
    /// The document's bytes do not have the digest that the header says.
    case wrongDigest = "wrong-digest"
    /// No document has this id.
    case unknownDocument = "unknown-document"
    /// The document that this one is to replace was pushed by another.
    case foreignDocument = "foreign-document"
    /// The document is not in a state in which that can be done.
    case wrongState = "wrong-state"
    /// The lease with this token has ended; another worker has the job, or had it.
    case staleToken = "stale-token"
    /// The worker does not do the work of the stage that it speaks for.
    case wrongStage = "wrong-stage"
    /// The worker writes to another register than this queue's.
    case wrongRegister = "wrong-register"
    /// The message has another number of payload frames than its verb, or its stage, has.
    case wrongPayload = "wrong-payload"
    /// The peer must say READY first.
    case notReady = "not-ready"
    /// The peer's key is not on the broker's list any more, or has no role that may do that.
    case notAllowed = "not-allowed"
    /// The broker's store fails; nothing was changed.
    case storeFailing = "store-failing"
}
