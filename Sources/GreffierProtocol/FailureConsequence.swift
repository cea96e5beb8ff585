import JSONCodec

/// What becomes of a document that a worker's host could not handle, whatever the document is.
public enum FailureConsequence: String, JSONStringEnumeration, Codable {
    /// The host lacks something that a person, or another host, must give: the document is delayed for long, and neither
    /// the attempt nor a failure is counted.
    case wait
    /// Trying again costs too much: the document is held for a person.
    case hold
}
