import Deliberations
import Register
import Testing

@testable import Exporting

@Suite("Acts as rows of open data")
struct RowTests {
    private func values(_ row: SCDLRow) -> [String: String] {
        Dictionary(uniqueKeysWithValues: row.cells.compactMap { cell in cell.value.map { (cell.column, $0) } })
    }

    private func deliberation(_ act: RegisteredAct) -> SCDLRow { DeliberationRow(act: act, publisher: publisher()).row }

    @Test("An act whose documents say everything is a complete row")
    func complete() {
        let row = deliberation(sampleAct())
        let values = values(row)
        #expect(row.missing == [])
        #expect(values["COLL_NOM"] == "Valmont-sur-Brenne")
        #expect(values["DELIB_ID"] == "2026-014")
        #expect(values["DELIB_DATE"] == "2026-03-12")
        #expect(values["DELIB_MATIERE_CODE"] == "7.5")
        #expect(values["DELIB_MATIERE_NOM"] == "finances locales/subventions")
        #expect(values["PREF_ID"] == "PREF021")
        #expect(values["PREF_DATE"] == "2026-03-16")
        #expect(values["VOTE_EFFECTIF"] == "19")
        #expect(values["VOTE_REEL"] == "17")
    }

    @Test("What no document says stays empty and is named")
    func missing() {
        let act = sampleAct(facts: { $0.number = nil }, extract: { $0.deliberations[0].matterCode = nil })
        let row = DeliberationRow(act: act, publisher: PublisherIdentity()).row
        #expect(row.missing == ["COLL_SIRET", "DELIB_ID", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM"])
    }

    @Test("An unanimous vote has nobody against; any other whose numbers are not all printed has none")
    func votes() {
        let unanimous = values(
            deliberation(
                sampleAct(facts: {
                    $0.unanimous = true
                    $0.against = nil
                    $0.abstentions = nil
                })))
        #expect(unanimous["VOTE_REEL"] == "14")
        #expect(unanimous["VOTE_CONTRE"] == "0")
        let unknown = values(deliberation(sampleAct(facts: { $0.abstentions = nil })))
        for column in ["VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION"] {
            #expect(unknown[column] == nil)
        }
    }

    @Test("More voices than members in office are not published")
    func tooManyVoices() {
        let row = deliberation(sampleAct(extract: { $0.session.membersInOffice = 16 }))
        #expect(values(row)["VOTE_EFFECTIF"] == nil)
    }

    @Test("A budget without a name has no year either")
    func budget() {
        var line = BudgetLine()
        line.year = 2026
        #expect(values(deliberation(sampleAct(extract: { $0.deliberations[0].budget = line })))["BUDGET_ANNEE"] == nil)
        line.label = "Budget principal"
        #expect(
            values(deliberation(sampleAct(extract: { $0.deliberations[0].budget = line })))["BUDGET_ANNEE"] == "2026")
    }

    @Test("A receipt before the session is not published")
    func receipt() {
        #expect(values(deliberation(sampleAct(facts: { $0.receivedOn = day("2025-03-16") })))["PREF_DATE"] == nil)
    }

    @Test(
        "Matters are known by their first two levels",
        arguments: [
            ("7.5", "finances locales/subventions"), ("7.10", "finances locales/divers"),
            ("9.4.1", "autres domaines de compétences/vœux et motions"),
            ("1.1 Marchés publics", "commande publique/marchés publics"),
        ])
    func matters(code: String, name: String) {
        #expect(ActMatter(code: code)?.name == name)
    }

    @Test(
        "Codes that the nomenclature does not have are no matters", arguments: ["7", "7.11", "10.1", "0.1", "", "x.y"])
    func noMatters(code: String) {
        #expect(ActMatter(code: code) == nil)
    }

    @Test("A grant with its signed convention and its beneficiary's number is a complete row")
    func grant() {
        let act = sampleAct(extract: { extract in
            var grant = Grant(beneficiary: "Harmonie de Valmont", amount: Money(cents: 125_050))
            grant.rna = "W212999999"
            extract.deliberations[0].grants = [grant]
            var convention = Convention(parties: ["Commune", "Harmonie"])
            convention.signedOn = day("2026-04-02")
            convention.payments = [Convention.Payment(when: "à la signature de la présente convention")]
            extract.conventions = [convention]
        })
        let rows = GrantRow.rows(of: act, publisher())
        #expect(rows.map(\.missing) == [[]])
        let values = values(rows[0])
        #expect(values["montant"] == "1250.50")
        #expect(values["conditionsVersement"] == "unique")
        #expect(values["datesPeriodeVersement"] == "2026-04-02")
        #expect(values["notificationUE"] == "non")
        #expect(values["rnaBeneficiaire"] == "W212999999")
    }

    @Test("Before its convention is signed a grant cannot be published")
    func unsignedGrant() {
        let act = sampleAct(extract: { extract in
            extract.deliberations[0].grants = [Grant(beneficiary: "Harmonie", amount: Money(cents: 10_000))]
        })
        #expect(
            GrantRow.rows(of: act, publisher()).map(\.missing) == [
                [
                    "dateConvention", "idBeneficiaire", "conditionsVersement", "datesPeriodeVersement",
                    "pourcentageSubvention",
                ]
            ])
    }

    @Test("Cells with commas, quotation marks and line ends are quoted")
    func quoting() {
        #expect(
            String(decoding: CSV.line(["a", "b,c", "d\"e", "f\ng", ""]), as: UTF8.self)
                == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n")
    }
}

@Suite("What the configuration says of authorities for open data")
struct ExportSettingsTests {
    @Test("An authority is found by its SIREN or its name, whatever its accents and its kind's word")
    func identities() throws {
        let settings = try ExportSettings(authorities: [
            "212599997: siret=21259999700005", "Commune de Saint-Élan: prefecture=SPREF0212, unionNotification=oui",
        ])
        let bySiren = Authority(name: "X", kind: .commune, siren: "212 599 997")
        #expect(settings.identity(of: bySiren).siret == "21259999700005")
        let byName = settings.identity(of: Authority(name: "VILLE DE SAINT ELAN", kind: .commune))
        #expect(byName.prefecture == "SPREF0212")
        #expect(byName.notifiesUnion == true)
        #expect(settings.identity(of: Authority(name: "Ailleurs", kind: .commune)) == PublisherIdentity())
    }

    @Test(
        "What is wrong is named",
        arguments: [
            "Valmont", "Valmont: siret", "Valmont: siret=123", "Valmont: siret=21259999700006", "Valmont: code=7",
            "Valmont: prefecture=PREF25", "Valmont: unionNotification=yes",
        ])
    func problems(entry: String) {
        #expect(throws: ExportSettings.Problem.self) { try ExportSettings(authorities: [entry]) }
    }
}
