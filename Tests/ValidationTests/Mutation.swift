import Deliberations
import Testing
import Validation

/// A change in one place that must fail exactly one rule.
struct Mutation: Sendable, CustomTestStringConvertible {
    let rule: String
    let severity: Severity
    let what: String
    let base: @Sendable () -> FictionalDocument
    /// What makes the rule apply at all, and leaves it fulfilled.
    let preparation: @Sendable (inout FictionalDocument) -> Void
    let change: @Sendable (inout FictionalDocument) -> Void

    init(
        _ rule: String, _ severity: Severity, _ what: String,
        of base: @escaping @Sendable () -> FictionalDocument = Fictional.community,
        given preparation: @escaping @Sendable (inout FictionalDocument) -> Void = { _ in },
        change: @escaping @Sendable (inout FictionalDocument) -> Void
    ) {
        self.rule = rule
        self.severity = severity
        self.what = what
        self.base = base
        self.preparation = preparation
        self.change = change
    }

    var testDescription: String { "\(rule): \(what)" }

    var sound: FictionalDocument {
        var document = base()
        preparation(&document)
        return document
    }

    var spoilt: FictionalDocument {
        var document = sound
        change(&document)
        return document
    }
}

extension FictionalDocument {
    /// The one act.
    var act: Deliberation {
        get { extract.deliberations[0] }
        set { extract.deliberations[0] = newValue }
    }

    var session: Session {
        get { extract.session }
        set { extract.session = newValue }
    }

    /// Changes the vote.
    mutating func vote(_ change: (inout Vote) -> Void) {
        var vote = act.vote ?? Vote()
        change(&vote)
        act.vote = vote
    }

    /// Changes a member of the list of present members.
    mutating func present(_ index: Int, _ change: (inout Member) -> Void) {
        var members = extract.attendance.present ?? []
        change(&members[index])
        extract.attendance.present = members
    }

    /// Changes a proxy.
    mutating func proxy(_ index: Int, _ change: (inout Proxy) -> Void) {
        var proxies = extract.attendance.proxies ?? []
        change(&proxies[index])
        extract.attendance.proxies = proxies
    }

    /// Changes the first grant.
    mutating func grant(_ change: (inout Grant) -> Void) {
        guard var grants = act.grants else { return }
        change(&grants[0])
        act.grants = grants
    }

    /// Changes the convention.
    mutating func convention(_ change: (inout Convention) -> Void) {
        guard var conventions = extract.conventions else { return }
        change(&conventions[0])
        extract.conventions = conventions
    }

    /// Changes a row of a table.
    mutating func row(_ table: Int, _ row: Int, _ change: (inout BudgetTable.Row) -> Void) {
        guard var tables = extract.budgetTables else { return }
        change(&tables[table].rows[row])
        extract.budgetTables = tables
    }

    /// Moves the session, with the days that follow from it.
    mutating func move(to date: String) {
        session.date = .on(date)
        session.convokedOn = .on(date) - 20
        session.publishedOn = .on(date) + 3
        act.act?.publishedOn = nil
        act.act?.receivedOn = .on(date) + 2
        act.act?.prefectureID = nil
        session.weekday = nil
        dates = []
        act.number = "17"
        act.opinions = nil
    }
}

@Suite("Each error and warning rule fails alone when one thing is wrong")
struct MutationTests {
    static let all =
        identityMutations + sessionMutations + attendanceMutations + voteMutations + financeMutations
        + registerMutations + delayMutations + conventionMutations

    @Test("The sound document keeps the rule, and no rule calls an error", arguments: all)
    func sound(mutation: Mutation) {
        let outcome = mutation.sound.validate()
        #expect(!outcome.findings.contains { $0.rule == mutation.rule && $0.severity >= mutation.severity })
        #expect(outcome.findings.filter { $0.severity == .error }.map(\.message) == [])
    }

    @Test("The spoilt document fails the rule, and no other rule calls an error", arguments: all)
    func spoilt(mutation: Mutation) {
        let outcome = mutation.spoilt.validate()
        let found = outcome.findings.filter { $0.rule == mutation.rule }
        let notes =
            outcome.indeterminate.filter { $0.rule == mutation.rule }.map(\.missing)
            + outcome.notApplicable.filter { $0.rule == mutation.rule }.map(\.why)
        #expect(found.first?.severity == mutation.severity, "\(notes)")
        let errors = Set(outcome.findings.filter { $0.severity == .error }.map(\.rule))
        #expect(errors == (mutation.severity == .error ? [mutation.rule] : []))
        #expect(found.allSatisfy { $0.evidence.allSatisfy { !$0.quote.isEmpty && $0.end - $0.start > 0 } })
        // What was not read has no words to cite.
        let hasWords = mutation.severity > .info && mutation.rule != "doc-part-unread"
        if hasWords { #expect(found.first?.evidence.isEmpty == false) }
    }

    @Test("Every error and warning rule of the catalogue has a mutation")
    func completeness() {
        let rules = RuleCatalogue.all.filter { $0.severity > .info }.map(\.id)
        let untested = Set(rules).subtracting(Self.all.map(\.rule)).subtracting(["proxy-chain"])
        #expect(untested == [], "proxy-chain only explains proxy-holder-present, which has one")
    }

    @Test("The ids of the catalogue are unique, and each rule says what it requires")
    func catalogue() {
        #expect(Set(RuleCatalogue.all.map(\.id)).count == RuleCatalogue.all.count)
        #expect(RuleCatalogue.all.allSatisfy { !$0.statement.isEmpty && !$0.scope.isEmpty && !$0.lawInOneLine.isEmpty })
        #expect(RuleCatalogue.rule("vote-balance")?.severity == .error)
    }
}
