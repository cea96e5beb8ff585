import Deliberations

/// What a deadline is known by: its act, its rule and, where a rule gives an act several, the duty.
///
/// The same whatever document states it and whatever the date is, so that the register merges the extract with the
/// minutes and sees a date that moved. Written `act-rule` or `act-rule-duty`, where act and duty are digests.
public struct DeadlineIdentity: Hashable, Sendable {
    /// The act, or the session for a duty that no single act brings: 12 hexadecimal digits.
    public let act: String
    /// The rule and the duty: the same for two documents that number or name the act differently.
    public let duty: String

    /// The identity that a deadline's id says, or nil if it is no such id.
    public init?(id: String) {
        guard let hyphen = id.utf8.firstIndex(of: UInt8(ascii: "-")),
            id.utf8.distance(from: id.startIndex, to: hyphen) == 12
        else { return nil }
        act = String(id[..<hyphen])
        duty = String(id[id.index(after: hyphen)...])
    }

    init(act: ActKey, rule: DeadlineRule, detail: String?) {
        self.act = act.digest
        guard let detail else {
            duty = rule.rawValue
            return
        }
        duty = String(joining: rule.rawValue, "-", ShortDigest.hexadecimal(detail, digits: 8))
    }

    /// The deadline's id.
    public var id: String { String(joining: act, "-", duty) }
}

/// What an act is known by: the authority, the day of the session and the number; without a number, the subject.
struct ActKey: Hashable, Sendable {
    let digest: String

    init(of deliberation: Deliberation, session: SessionKey) {
        let number = deliberation.number.map { FoldedText($0.text).compact } ?? ""
        let name = number.isEmpty ? "s " + FoldedText(significant: deliberation.subject).text : "n " + number
        digest = ShortDigest.hexadecimal("\(session.text)\n\(name)", digits: 12)
    }

    /// A session as a whole.
    init(_ session: SessionKey) {
        digest = ShortDigest.hexadecimal(session.text, digits: 12)
    }
}

/// What a session is known by: the authority and the day.
struct SessionKey: Hashable, Sendable {
    let text: String

    init(authority: String, date: CivilDate) {
        text = "\(authority)\n\(date.daysSince1970)"
    }

    /// The authority's name without the words that one document prints and another leaves out.
    static func authorityKey(_ authority: Authority, facts: AuthorityFacts) -> String {
        if let identity = facts.identity { return identity }
        var words = FoldedText(significant: authority.name).words
        while words.count > 1, kinds.contains(words[0]) { words.removeFirst() }
        return "\(authority.kind.rawValue) \(words.joined(separator: " "))"
    }

    private static let kinds: Set<Substring> = [
        "commune", "ville", "mairie", "communaute", "urbaine", "agglomeration", "communes", "conseil", "municipal",
        "communautaire", "departement", "departemental", "region", "regional", "syndicat",
    ]
}

/// A short digest for ids: FNV-1a of 64 bits, which is the same in every process and release.
enum ShortDigest {
    static func hexadecimal(_ text: String, digits: Int) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var text = text
        text.withUTF8 { bytes in
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        // The low bits of the multiplication are the well mixed ones once they are folded onto the high ones.
        hash ^= hash >> 32
        return String(unsafeUninitializedCapacity: digits) { result in
            for index in 0..<digits {
                let value = UInt8(truncatingIfNeeded: hash >> UInt64(4 * (digits - 1 - index))) & 0xF
                result[index] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
            }
            return digits
        }
    }
}
