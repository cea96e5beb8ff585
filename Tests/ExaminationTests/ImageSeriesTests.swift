import Testing

@testable import Conversion
@testable import Examination

@Suite("Pages of a document in a file each")
struct ImageSeriesTests {
    private func part(_ name: String, _ text: String, _ format: DocumentFormat = .jpeg) -> ConvertedDocument.Part {
        .init(
            name: name,
            document: ConvertedDocument(utf8: Array(text.utf8), format: format, warnings: [], hasFormFeeds: false))
    }

    /// The texts of the documents that parts become, where one that begins with "Acte" is a deliberation.
    private func texts(_ parts: [ConvertedDocument.Part]) -> [String] {
        ImageSeries.joined(parts) { $0.utf8.starts(with: Array("Acte".utf8)) }
            .map { String(decoding: $0.document.utf8, as: UTF8.self).replacing("\n\u{0C}", with: "|") }
    }

    @Test("The pages of one act are one document, wherever its beginning is told")
    func oneAct() {
        #expect(texts([part("p1.jpg", "Acte"), part("p2.jpg", "suite"), part("p10.jpg", "fin")]) == ["Acte|suite|fin"])
        #expect(
            texts([part("p1.jpg", "couverture"), part("p2.jpg", "Acte"), part("p3.jpg", "fin")]) == [
                "couverture|Acte|fin"
            ])
        #expect(texts([part("p1.jpg", "un"), part("p2.jpg", "deux")]) == ["un|deux"])
    }

    @Test("Each page that is a deliberation begins another document")
    func severalActs() {
        #expect(
            texts([part("1.jpg", "Acte A"), part("2.jpg", "suite"), part("3.jpg", "Acte B")]) == [
                "Acte A|suite", "Acte B",
            ])
    }

    @Test("Files of other names or formats are documents of their own")
    func others() {
        #expect(texts([part("acte.jpg", "Acte"), part("plan.jpg", "plan")]) == ["Acte", "plan"])
        #expect(texts([part("p1.jpg", "Acte"), part("p2.png", "plan", .png)]) == ["Acte", "plan"])
        #expect(texts([part("p1.txt", "Acte", .plainText), part("p2.txt", "suite", .plainText)]) == ["Acte", "suite"])
    }
}
