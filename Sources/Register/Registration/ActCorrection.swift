import Deliberations
import JSONCodec

/// What a document says of an act otherwise than staff were told.
struct ActCorrection: JSONObject {
    /// What the act said; nil if its facts are the same.
    var former: ActSummary?
    /// What the rules say of it now that they did not.
    var found: [Finding] = []
    /// What they do not say any more.
    var gone: [Finding] = []

    init() {}

    init(blank: JSONBlank) {}

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.optional("former", &former)
        visitor.required("found", &found)
        visitor.required("gone", &gone)
    }

    var isEmpty: Bool { former == nil && found.isEmpty && gone.isEmpty }
}

/// What was known of acts before a document changed them.
struct FormerActs {
    /// What an act said, and what the rules said of it.
    struct Act {
        let facts: ActSummary
        var findings: [Finding]
    }

    var acts: [ActID: Act] = [:]
    /// What the rules said of the documents as wholes.
    var general: [Finding] = []
    /// Whether the document corrects another; else it is the same one, read anew.
    var isCorrection = false
}

extension Finding {
    /// The same for what staff would call the same finding.
    fileprivate var identity: [String] { [rule, message] }

    /// Those that are not among others, by rule and words.
    static func difference(_ findings: [Finding], _ others: [Finding]) -> [Finding] {
        let known = Set(others.map(\.identity))
        return findings.filter { $0.severity != .info && !known.contains($0.identity) }
    }

    /// The errors whose rules found nothing so grave in others: one error read in two documents is one.
    static func newErrors(_ findings: [Finding], _ others: [Finding]) -> [Finding] {
        let known = Set(others.filter { $0.severity == .error }.map(\.rule))
        return findings.filter { $0.severity == .error && !known.contains($0.rule) }
    }
}

extension ActSummary {
    /// What staff are told of, when it changes.
    var told: ActSummary {
        var told = self
        (told.item, told.matter) = (nil, nil)
        return told
    }
}
