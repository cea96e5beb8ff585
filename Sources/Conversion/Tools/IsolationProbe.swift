/// Which isolation this host allows: each is tried by running `true` in it, the best first.
struct IsolationProbe {
    /// The best that works; or one whose trial had no outcome, for a moment in which the host is short of processes or
    /// memory must not open the sandbox for the life of this process.
    let isolation: Isolation
    /// Whether bubblewrap is older than 0.8, which knows less.
    private(set) var isOld = false
    /// Why bubblewrap, which is here, does not work: what it said.
    let refusal: String?

    private enum Outcome {
        case works
        case absent
        case refused(String)
        case unknown
    }

    private static let attempts = 5
    /// What the launchers say when the host is short of something now, and another time may not be.
    private static let passing = ["temporarily unavailable", "cannot allocate memory", "too many open files"]

    init(_ programs: ProgramFolders) {
        var refusal: String?
        for isolation in [Isolation.bubblewrap, .networkOnly] {
            var outcome = Self.outcome(of: isolation, in: programs, isOld: false)
            if case .refused(let words) = outcome, words.lowercased().contains("unknown option") {
                isOld = true
                outcome = Self.outcome(of: isolation, in: programs, isOld: true)
            }
            switch outcome {
            case .works, .unknown:
                (self.isolation, self.refusal) = (isolation, refusal)
                return
            case .refused(let words) where isolation == .bubblewrap: refusal = words
            case .refused, .absent: continue
            }
        }
        (isolation, self.refusal) = (.none, refusal)
    }

    private static func outcome(
        of isolation: Isolation, in programs: ProgramFolders, isOld: Bool
    ) -> Outcome {
        guard let program = programs.path(of: "true"),
            let words = isolation.command(showing: "/tmp", memoryBytes: 1 << 20, in: programs, isOld: isOld),
            let first = words.first
        else { return .absent }
        for _ in 0..<attempts {
            let process = BoundedProcess(
                program: first, arguments: words.dropFirst() + [program], environment: ToolRunner.environment,
                outputLimit: 1_024, deadline: .now + .seconds(10))
            guard let outcome = try? process.run(), case .exited(let status) = outcome.ending else { continue }
            if status == 0 { return .works }
            let messages = outcome.messages.lowercased()
            if !passing.contains(where: messages.contains) { return .refused(outcome.messages.bounded) }
        }
        return .unknown
    }
}
