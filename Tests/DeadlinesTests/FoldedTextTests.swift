import Testing

@testable import Deadlines

@Suite("Folded text")
struct FoldedTextTests {
    @Test(
        "Case, accents, ligatures, punctuation and white space are folded away",
        arguments: [
            ("Délibération n°2024-118", "deliberation n 2024 118"), ("L’Œuvre des ÉGLISES", "l oeuvre des eglises"),
            ("  À  l'été,\u{A0}ça   va ", "a l ete ca va"), ("e\u{301}cole", "ecole"), ("Ægir × ÿ", "aegir y"),
            ("", ""), ("— … €", ""), ("😀 mai", "mai"), ("Noël 𝄞", "noel"),
        ])
    func folding(text: String, folded: String) {
        #expect(FoldedText(text).text == folded)
    }

    @Test("Words that say nothing are left out on demand")
    func significant() {
        let text = FoldedText(significant: "Le Club de la Tour et l'Atelier des Lumières du Val d'Ombre")
        #expect(text.text == "club tour atelier lumieres val ombre")
        #expect(text.firstWord == "club" && text.words.count == 6)
        #expect(FoldedText(significant: "de la").text.isEmpty && FoldedText("").firstWord.isEmpty)
    }

    @Test("The head is the first eight words")
    func head() {
        #expect(
            FoldedText("un deux trois quatre cinq six sept huit neuf").head == "un deux trois quatre cinq six sept huit"
        )
        #expect(FoldedText("un deux").head == "un deux")
    }

    @Test("A part is found wherever it stands")
    func contains() {
        let text = FoldedText("remise au fil de l'eau")
        #expect(text.contains("fil de l eau") && text.contains("remise") && text.contains(""))
        #expect(!text.contains("eaux") && !FoldedText("").contains("a"))
        #expect(text.contains(anyOf: ["jamais", "fil"]) && !text.contains(anyOf: []))
    }
}
