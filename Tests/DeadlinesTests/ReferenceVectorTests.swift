import Deliberations
import ReferenceTables
import Testing

@testable import Deadlines

/// The reference's dates, computed the way that a document's are.
@Suite("Vectors of the reference")
struct ReferenceVectorTests {
    private let act = FictionalAct()

    /// Id, rule, start, date, zone: those of the reference that a machine without it must hold too.
    private static let own = """
        V01 recours-tiers-2-mois 2024-10-07 2024-12-09 metropole
        V02 recours-tiers-2-mois 2023-10-30 2024-01-02 metropole
        V05 recours-tiers-2-mois 2022-12-29 2023-03-01 metropole
        V06 recours-tiers-2-mois 2024-03-07 2024-05-10 metropole
        V16 recours-tiers-2-mois 2025-10-24 2025-12-29 alsace-moselle
        V18 recours-tiers-2-mois 2026-02-02 2026-04-07 alsace-moselle
        V20 recours-tiers-2-mois 2024-10-19 2024-12-23 la-reunion
        V23 defere-prefet-2-mois 2024-09-26 2024-11-27 metropole
        V30 crf-6-mois 2024-12-31 2025-06-30 metropole
        V31 crf-6-mois 2025-06-30 2025-12-30 metropole
        V32 data-3-mois 2024-11-30 2025-02-28 metropole
        V33 liste-1-semaine 2024-09-26 2024-10-03 metropole
        V34 epci-liste-1-mois 2024-09-26 2024-10-26 metropole
        V35 transmission-15-jours 2024-12-30 2025-01-14 metropole
        V36 paiement-60-jours 2024-10-07 2024-12-06 metropole
        V37 retrait-4-mois 2024-09-26 2025-01-26 metropole
        V38 preavis-1-mois 2025-01-31 2025-02-28 metropole
        V39 conservation-10-ans 2024-02-29 2034-02-28 metropole
        V42 duree-3-ans 2024-02-29 2027-02-28 metropole
        """

    /// The rules that the vectors call otherwise.
    private static let names: [String: DeadlineRule] = [
        "recours-tiers-2-mois": .courtAppeal, "defere-prefet-2-mois": .prefectReferral, "data-3-mois": .essentialData,
        "epci-liste-1-mois": .listToCommunes, "paiement-60-jours": .paymentSixtyDays, "preavis-1-mois": .termination,
        "conservation-10-ans": .retention, "duree-3-ans": .conventionEnd,
    ]

    @Test("Every rule that a vector names exists, and a document with its start has its date")
    func own() throws {
        let rows = Self.own.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.count == 19)
        for row in rows { try check(row[0], rule: row[1], start: row[2], due: row[3], zone: row[4]) }
    }

    @Test(
        "So do all of the reference's rows",
        .enabled(if: SharedTable.isPresent, "\(SharedTable.absence)"))
    func reference() throws {
        let rows = try #require(SharedTable.rows("deadline-vectors.csv"))
        #expect(rows.count >= 36)
        for row in rows { try check(row[0], rule: row[1], start: row[2], due: row[6], zone: row[8]) }
    }

    private func check(_ id: String, rule name: String, start: String, due: String, zone: String) throws {
        let rule = try #require(Self.names[name] ?? DeadlineRule(rawValue: name), "\(id): no rule \(name)")
        let zone = try #require(HolidayZone(rawValue: zone))
        let day = try #require(CivilDate(jsonString: start))
        let found = try dates(rule, from: day, zone: zone)
        #expect(!found.isEmpty, "\(id)")
        for date in found { #expect(date.description == due, "\(id), \(rule.rawValue)") }
    }

    /// The dates of a rule from a day: as a document says the day, and as a person gives it later.
    private func dates(_ rule: DeadlineRule, from day: CivilDate, zone: HolidayZone) throws -> [CivilDate] {
        if rule == .financialReport, day.month != 12 {
            return [DateComputation.afterExercise("", end: day, months: 6).due].compactMap { $0 }
        }
        let computer = DeadlineComputer(facts: AuthorityFacts(zone: zone), today: day)
        func one(_ change: (inout Extract) -> Void) throws -> Deadline {
            var extract = act.extract
            extract.obligations = []
            extract.conventions?[0].articles = []
            extract.conventions?[0].payments = []
            extract.deliberations[0].decisions?.append("autorise le Président à signer le marché public de travaux")
            extract.deliberations[0].act = nil
            extract.session.publishedOn = nil
            extract.session.date = day
            change(&extract)
            let found = computer.deadlines(of: extract, text: act.text).deadlines
            return try #require(found.first { $0.rule == rule.rawValue }, "\(rule)")
        }
        let stated = try one { try? Self.state(rule, on: day, in: &$0) }
        let open = try one { Self.leaveOpen(rule, in: &$0) }
        let started = open.startRule?.date(from: day)
        return [rule == .conventionEnd ? stated.dueAlternative : stated.due, started?.ending(rule)].compactMap { $0 }
    }

    /// Makes a document say when the event of a rule was.
    private static func state(_ rule: DeadlineRule, on day: CivilDate, in extract: inout Extract) throws {
        var record = ActRecord()
        switch rule {
        case .courtAppeal: record.publishedOn = day
        case .prefectReferral: record.receivedOn = day
        case .essentialData: extract.conventions?[0].signedOn = day
        case .financialReport: extract.deliberations[0].grants?[0].purpose = "programme pour l'année \(day.year)"
        case .retention:
            extract.obligations = [duty(.retention, "les pièces", Delay(after: .date(day), years: 10))]
        case .conventionEnd:
            extract.conventions?[0].signedOn = day
            extract.obligations = [duty(.other, "la durée de la convention", Delay(after: .signature, years: 3))]
        default: break
        }
        extract.deliberations[0].act = record
    }

    private static func leaveOpen(_ rule: DeadlineRule, in extract: inout Extract) {
        switch rule {
        case .retention:
            var kept = duty(.retention, "les pièces", Delay(after: .signature))
            kept.due = .whenever("pendant une durée de dix ans")
            extract.obligations = [kept]
        case .conventionEnd:
            extract.obligations = [duty(.other, "la durée de la convention", Delay(after: .signature, years: 3))]
        default: break
        }
    }

    private static func duty(_ kind: Obligation.Kind, _ what: String, _ delay: Delay) -> Obligation {
        var duty = Obligation(id: what, kind: kind, what: what, due: .after(delay))
        duty.convention = 0
        return duty
    }
}

extension StartedDate {
    /// The vectors of durations give the day of the same number, which is the other reading.
    fileprivate func ending(_ rule: DeadlineRule) -> CivilDate? { rule == .conventionEnd ? alternative : due }
}
