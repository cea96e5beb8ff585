import Deliberations
import Testing

@testable import Extraction

@Suite("Budget tables")
struct BudgetTableTests {
    @Test("Rows in cells have sections, quantities, subtotals and a total")
    func cells() throws {
        let text = """
            Annexe 2 : budget

            Charges en € TTC

            AXE 1 La roue\tJours\tMontant
            Charpentier\t12\t4800
            Bois\t1\t1 200,50
            Total\t\t6000,50
            AXE 2 La vanne
            Forgeron\t3\t900
            Total\t\t900
            TOTAL DU PROJET\t\t6 900,50
            """
        let tables = try #require(AnnexReading(annexes: [text]).extract.budgetTables)
        let table = try #require(tables.first)
        #expect(tables.count == 1)
        #expect(table.title == "Charges en € TTC")
        #expect(table.direction == .expense)
        #expect(table.tax == .included)
        #expect(table.rows.map(\.amount.cents) == [480_000, 120_050, 600_050, 90_000, 90_000, 690_050])
        #expect(table.rows.map(\.level) == [.line, .line, .subtotal, .line, .subtotal, .total])
        #expect(table.rows.map(\.quantity) == [12, 1, nil, 3, nil, nil])
        #expect(table.rows[0].section == "AXE 1 La roue")
        #expect(table.rows[3].section == "AXE 2 La vanne")
        #expect(table.rows[5].section == nil)
    }

    @Test(
        "The same table is read in Markdown, with runs of spaces, with lines only and with one cell a line",
        arguments: [
            "| Recettes | Montant |\n| --- | --- |\n| Département | 10 000 € |\n| Commune | 5 000 € |\n| Total | 15 000 € |",
            "Recettes                 Montant\nDépartement              10 000 €\nCommune                   5 000 €\nTotal                    15 000 €",
            "Recettes\nMontant\n\nDépartement 10 000 €\n\nCommune 5 000 €\n\nTotal 15 000 €",
            "Recettes\nMontant\nDépartement\n10 000 €\nCommune\n5 000 €\nTotal\n15 000 €",
            "Financeurs Montant HT Taux\n\nDépartement 10000€ 66,67 %\n\nCommune 5 000 € 33,33 %\n\nTotal 15 000 € 100 %",
        ])
    func styles(text: String) throws {
        let tables = try #require(AnnexReading(act: text).extract.budgetTables)
        let table = try #require(tables.first)
        #expect(tables.count == 1)
        #expect(table.direction == .revenue)
        #expect(table.rows.map(\.label) == ["Département", "Commune", "Total"])
        #expect(table.rows.map(\.amount.cents) == [1_000_000, 500_000, 1_500_000])
        #expect(table.rows.map(\.level) == [.line, .line, .total])
    }

    @Test("Expenses and revenues beside each other are two tables")
    func paired() throws {
        let text = """
            | Dépenses | Montant | Recettes | Montant |
            |---|---|---|---|
            | Travaux | 80 000 € | État | 30 000 € |
            | Études | 20 000 € | Commune | 70 000 € |
            | Total | 100 000 € | Total | 100 000 € |
            """
        let tables = try #require(AnnexReading(act: text).extract.budgetTables)
        #expect(tables.map(\.direction) == [.expense, .revenue])
        #expect(tables[0].rows.map(\.label) == ["Travaux", "Études", "Total"])
        #expect(tables[1].rows.map(\.amount.cents) == [3_000_000, 7_000_000, 10_000_000])
    }

    @Test("A number whose groups lost a blank is read only if one reading is left")
    func damagedNumbers() throws {
        let text = "Postes de dépenses Montant HT\n\nTravaux 7313 091,38 €\n\nÉtudes 186 908,62 €\n\nTotal 7 500 000 €"
        let table = try #require(AnnexReading(act: text).extract.budgetTables?.first)
        #expect(table.rows.map(\.amount.cents) == [731_309_138, 18_690_862, 750_000_000])
        let ambiguous = "Postes de dépenses Montant HT\n\nTravaux 3130 287 €\n\nÉtudes 100 €\n\nTotal 3 130 387 €"
        #expect(AnnexReading(act: ambiguous).extract.budgetTables == nil)
    }

    @Test(
        "Prose and lists with amounts are no tables",
        arguments: [
            "Les dépenses de fonctionnement s'élèvent à 360 007,89 €.\nLes recettes s'élèvent à 400 000 €.",
            "Dépenses réelles 10 632 940 € 9 051 846 €\nRecettes réelles 7 100 962 € 8 321 029 €\nTotal 1 € 2 €",
            "Recettes\n\nLe conseil prend acte des recettes de l'année.\n\nIl approuve 3 000 € de crédits.",
            "Montant de la subvention : 3 000 €\nMontant versé : 1 000 €",
        ])
    func noTables(text: String) {
        #expect(AnnexReading(act: text).extract.budgetTables == nil)
    }

    @Test("Each row cites its line")
    func citations() {
        let reading = AnnexReading(act: "Recettes\tMontant\nÉtat\t30 000 €\nCommune\t70 000 €\nTotal\t100 000 €")
        #expect(reading.quote("/budgetTables/0/rows/1") == "Commune\t70 000 €")
    }
}
