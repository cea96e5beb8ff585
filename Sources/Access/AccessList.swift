import ZeroMQ

/// Whose keys are let in, and what their owners may do.
///
/// A text file with a line for each key: a name, its roles joined by commas, and the public key in Z85, separated by
/// blanks. Lines that are empty or begin with `#` are passed over. A name may have several keys, so that one can take
/// another's place; a key stands once.
///
/// ```
/// mairie-scripts  push                       <40 characters>
/// worker-2        work:ingest,work:validate  <40 characters>
/// ```
public struct AccessList: Sendable, Equatable {
    /// The most keys of a list.
    public static let maximumKeys = 10_000
    /// The largest file, in bytes.
    public static let maximumBytes = 2 << 20

    private var principals: [CurvePublicKey: Principal] = [:]

    /// A list that lets nobody in.
    public init() {}

    /// Reads the text of a list.
    /// - Throws: ``AccessError/badLine`` for the first line that is wrong, or ``AccessError/tooManyKeys``.
    public init(_ text: String) throws(AccessError) {
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let words = line.split(whereSeparator: { " \t".contains($0) })
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            do throws(LineProblem) {
                let (key, principal) = try Self.read(words)
                guard principals.updateValue(principal, forKey: key) == nil else { throw .keyTwice }
            } catch {
                throw .badLine(number: number, error)
            }
            guard principals.count <= Self.maximumKeys else { throw .tooManyKeys }
        }
    }

    private static func read(_ words: [Substring]) throws(LineProblem) -> (CurvePublicKey, Principal) {
        guard words.count == 3 else { throw .notThreeWords(words.count) }
        var roles: Set<Role> = []
        for word in words[1].split(separator: ",", omittingEmptySubsequences: false) {
            guard let role = Role(word) else { throw .unknownRole(String(word.prefix(40))) }
            roles.insert(role)
        }
        guard let key = CurvePublicKey(String(words[2])) else { throw .noKey }
        guard let principal = Principal(name: String(words[0]), roles: roles) else { throw .noName }
        return (key, principal)
    }

    /// The owner of a key, if it is on the list.
    public subscript(key: CurvePublicKey) -> Principal? { principals[key] }

    /// The keys.
    public var keys: some Collection<CurvePublicKey> { principals.keys }

    /// How many keys there are.
    public var count: Int { principals.count }

    /// The line for a key, without its end.
    public static func line(_ principal: Principal, _ key: CurvePublicKey) -> String {
        let roles = Role.all.filter(principal.roles.contains).map(\.description).joined(separator: ",")
        return "\(principal.name) \(roles) \(key)"
    }
}
