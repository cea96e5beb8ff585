import GreffierProtocol

/// What the owner of a key may do.
public enum Role: Sendable, Hashable, CustomStringConvertible {
    /// Push documents, and follow its own.
    case push
    /// Do the work of a stage.
    case work(Stage)
    /// Look at everything and act on it.
    case operate

    /// All roles, in the order of the documentation.
    public static let all: [Role] = [.push, .work(.ingest), .work(.validate), .work(.notify), .operate]

    /// The role called `name`; `nil` for another word.
    public init?(_ name: some StringProtocol) {
        guard let role = Self.all.first(where: { $0.description == name }) else { return nil }
        self = role
    }

    /// Its name: `push`, `work:ingest`, `work:validate`, `work:notify` or `operate`.
    public var description: String {
        switch self {
        case .push: "push"
        case .work(let stage): "work:\(stage.rawValue)"
        case .operate: "operate"
        }
    }

    /// The stage whose work it lets do.
    public var stage: Stage? {
        if case .work(let stage) = self { stage } else { nil }
    }
}
