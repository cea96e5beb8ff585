import Deliberations
import GreffierProtocol

/// What an alert is about.
public enum AlertSubject: Hashable, Sendable, CustomStringConvertible {
    /// The acts that a document brought.
    case document(DocumentID)
    /// A deadline.
    case deadline(DeadlineID)
    /// What a document changed; numbered, as one may do so more than once.
    case changes(Int64)
    /// The digest of a day; an alert's version counts those that left before on that day.
    case digest(CivilDate)
    /// The weekly mail of a day.
    case watch(CivilDate)
    /// An alarm; version 0 raises it, version 1 says that it has ended.
    case alarm(Int64)

    /// As rows have it.
    var key: String {
        switch self {
        case .document(let document): "document/\(document)"
        case .deadline(let deadline): "deadline/\(deadline)"
        case .changes(let number): "changes/\(number)"
        case .digest(let day): "digest/\(day)"
        case .watch(let day): "watch/\(day)"
        case .alarm(let number): "alarm/\(number)"
        }
    }

    init?(key: String) {
        let parts = key.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "document":
            guard let document = DocumentID(jsonString: String(parts[1])) else { return nil }
            self = .document(document)
        case "deadline":
            guard let number = Int64(parts[1]) else { return nil }
            self = .deadline(DeadlineID(number))
        case "changes", "alarm":
            guard let number = Int64(parts[1]) else { return nil }
            self = parts[0] == "alarm" ? .alarm(number) : .changes(number)
        case "digest", "watch":
            guard let day = CivilDate(jsonString: String(parts[1])) else { return nil }
            self = parts[0] == "watch" ? .watch(day) : .digest(day)
        default: return nil
        }
    }

    public var description: String { key }
}
