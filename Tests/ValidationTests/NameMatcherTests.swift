import Deliberations
import Testing

@testable import Validation

@Suite("Names of the proxies are found in the lists")
struct NameMatcherTests {
    private static let order = AgendaOrder(of: Fictional.community().extract)
    private static let roll = Roll(
        Attendance(present: [
            member("Mme", "Lorine GAILLET", "Aubrelle"), member("M.", "Frank LAVIGNE", "Pommeret"),
            member("M.", "Jean-Marc MICHEL", "Aubrelle"), member("Mme", "Carine MICHEL", "Aubrelle"),
            member("Mme", "Marie-Thérèse MICHEL", "Pommeret"), member("M.", "Paul MARTIN", "Aubrelle"),
            member("M.", "Paul MARTIN", "Pommeret"), member("M.", "Noël DE L'ORME", "Pommeret"),
        ]), order: order, hours: .init())

    struct Case: Sendable {
        var written: String
        var civility: String?
        var locality: String?
        var match: NameMatcher.Match

        init(_ written: String, _ match: NameMatcher.Match, _ civility: String? = nil, _ locality: String? = nil) {
            (self.written, self.civility, self.locality, self.match) = (written, civility, locality, match)
        }
    }

    private static let cases: [Case] = [
        Case("Lorine GAILLET", .exact(0)),
        Case("lorine gaillet", .exact(0)),
        Case("Lorine GAILLOT", .near(0)),
        Case("Franck LAVIGNE", .near(1)),
        Case("Franck LAVIGNE", .none, "Mme"),
        Case("LAVIGNE Frank", .abbreviated(1)),
        Case("F. LAVIGNE", .abbreviated(1)),
        Case("LAVIGNE", .abbreviated(1)),
        Case("MICHEL", .ambiguous([2, 3, 4])),
        Case("MICHEL", .abbreviated(2), "M."),
        Case("MICHEL", .abbreviated(4), "Mme", "Pommeret"),
        Case("Marie Therese MICHEL", .exact(4)),
        Case("Paul MARTIN", .ambiguous([5, 6])),
        Case("Paul MARTIN", .exact(6), "M.", "Pommeret"),
        Case("Noël de l’Orme", .exact(7)),
        Case("Paul MARTEAU", .none),
        Case("Zoé QUENTIN", .none),
    ]

    @Test("Exact, reordered, abbreviated, near, ambiguous or unknown", arguments: cases)
    func table(example: Case) {
        let matcher = NameMatcher(roll: Self.roll)
        let match = matcher.match(example.written, civility: example.civility, locality: example.locality)
        #expect(match == example.match, "\(example.written)")
    }

    @Test(
        "An exchange of neighbours is one error",
        arguments: [("MARTIN", "MARITN", 1), ("LOIC", "LOIC", 0), ("ABCD", "BCDA", 2)])
    func distance(left: String, right: String, expected: Int) {
        #expect(EditDistance.between(Array(left.utf8), Array(right.utf8), atMost: 3) == expected)
    }
}
