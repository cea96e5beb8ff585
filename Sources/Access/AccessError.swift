/// What is wrong with keys or with the list of them, and the cure.
public enum AccessError: Error, Equatable, CustomStringConvertible {
    /// A line of the list, from 1.
    case badLine(number: Int, LineProblem)
    /// The list has more than ``AccessList/maximumKeys`` keys.
    case tooManyKeys
    /// A file cannot be opened or read; `reason` is the system's.
    case unreadable(path: String, reason: String)
    /// A path names no regular file.
    case noFile(path: String)
    /// A file is larger than such files are.
    case tooLarge(path: String, limit: Int)
    /// Others may read a secret key.
    case exposed(path: String)
    /// Others may write to the list.
    case writable(path: String)
    /// A file belongs to somebody else.
    case foreign(path: String)
    /// A file holds no pair of keys.
    case noKeys(path: String)
    /// The two keys of a file do not belong together.
    case unequalKeys(path: String)
    /// There is a file already where a new key was to be written.
    case exists(path: String)
    /// A file cannot be written; `reason` is the system's.
    case unwritable(path: String, reason: String)

    public var description: String {
        switch self {
        case .badLine(let number, let problem): "line \(number): \(problem)"
        case .tooManyKeys: "it has more than \(AccessList.maximumKeys) keys"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .noFile(let path): "\(path) is no regular file"
        case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes: it is something else"
        case .exposed(let path): "others may read the secret key in \(path): run `chmod 600 \(path)`"
        case .writable(let path): "others may write to \(path), and so let themselves in: run `chmod 644 \(path)`"
        case .foreign(let path):
            "\(path) belongs to another user: it must be this program's user's or root's (`chown`)"
        case .noKeys(let path):
            "\(path) holds no pair of keys: make one with `greffier keygen`"
        case .unequalKeys(let path):
            "the two keys in \(path) do not belong together: make a pair with `greffier keygen`"
        case .exists(let path): "\(path) exists already, and a key is never overwritten: name another file"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        }
    }
}

/// What is wrong with a line of the list, and the cure.
public enum LineProblem: Error, Equatable, CustomStringConvertible {
    /// It has another number of words.
    case notThreeWords(Int)
    /// The first word is no name.
    case noName
    /// A role that does not exist.
    case unknownRole(String)
    /// The third word is no key.
    case noKey
    /// The key stands in an earlier line too.
    case keyTwice

    public var description: String {
        switch self {
        case .notThreeWords(let count):
            "it has \(count) words: write a name, its roles joined by commas, and a public key"
        case .noName: "a name has 1 to 64 letters, digits, . _ and -, and begins with a letter or digit"
        case .unknownRole(let role):
            "\"\(role)\" is no role: write \(Role.all.map(\.description).joined(separator: ", "))"
        case .noKey: "the third word is no public key: it has 40 characters, as `greffier keygen` prints them"
        case .keyTwice: "the key stands in an earlier line already: give it all its roles in one"
        }
    }
}
