import Deliberations

/// What staff are to be told of a deadline whose act they know already.
public enum DeadlineChange: Hashable, Sendable {
    /// A later document states it for the first time.
    case added
    /// It had another date; nil for none.
    case moved(from: CivilDate?)

    /// As rows have it, beside the former date.
    var key: String {
        switch self {
        case .added: "added"
        case .moved: "moved"
        }
    }

    /// The date that staff know.
    var formerDue: CivilDate? {
        switch self {
        case .added: nil
        case .moved(let former): former
        }
    }

    init?(key: String, formerDue: CivilDate?) {
        switch key {
        case "added": self = .added
        case "moved": self = .moved(from: formerDue)
        default: return nil
        }
    }
}

/// Whether staff have been told of an act.
enum ActNews {
    /// They will be, with all that is known then.
    case pending
    /// A mail has been composed.
    case told
    /// They have not been and will not be: it came from the archives.
    case never
}
