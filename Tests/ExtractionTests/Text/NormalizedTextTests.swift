import Testing

@testable import Extraction

@Suite("Normalised text")
struct NormalizedTextTests {
    private func folded(_ text: String) -> String {
        String(decoding: NormalizedText(Array(text.utf8)).folded.filter { $0 < 0x80 }, as: UTF8.self)
    }

    @Test(
        "Characters are folded to one byte each",
        arguments: [
            ("Étaient PRÉSENTS", "etaient presents"), ("cœur d’Œuvre", "coeur d'oeuvre"),
            ("« oui » “non”", "\" oui \" \"non\""),
            ("a\u{A0}b\u{202F}c\u{2009}d", "a b c d"), ("a – b — c − d", "a - b - c - d"), ("conve\u{AD}nu", "convenu"),
            ("e\u{301}te\u{301}", "ete"), ("**Gras** fin", "gras fin"), ("article 1^{er}", "article 1er"),
            ("a  b", "a b"), ("a    b", "a\tb"), ("a\tb", "a\tb"), ("a \n\n\n\n b", "a\n\nb"), ("# Titre", "titre"),
            ("<p>un</p><p>deux</p>", "un\n\ndeux"), ("<td>a</td><td>b</td>", "a\tb"),
            ("5 < 6 et 7 > 2", "5 < 6 et 7 > 2"),
            ("d&eacute;cid&#233;&nbsp;: &amp;", "decide : &"), ("<script>var a = 1</script>vu", "vu"), ("ﬁn", "fin"),
            ("fin…", "fin..."), ("DEL\\_2024", "del_2024"), ("\u{FEFF}début", "debut"), ("", ""),
        ])
    func folding(original: String, expected: String) {
        #expect(folded(original) == expected)
    }

    @Test("Words are given back as written, composed, without markup and with folded blanks")
    func words() {
        let text = NormalizedText(Array("  **Mme Zoe\u{308}** \n  D’Ar&eacute;mo… ".utf8))
        #expect(text.words(of: text.whole) == "Mme Zoë D’Arémo…")
    }

    @Test(
        "Words over several lines are given back with single spaces, whatever their letters and marks",
        arguments: 0..<100)
    func lines(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "été", "cœur", "l’École", "–", "fin…", "7 €", "« oui »", "n°", "a", "A.", "ÇA", "(x)", "“non”", "Łódź",
        ]
        let blanks = [" ", "\n", " \n", "\n ", "\n\n", "\t", "  ", "    "]
        func any(_ list: [String]) -> String { list[Int(generator.next() % UInt64(list.count))] }
        let words = (0..<12).map { _ in any(pieces) }
        let text = NormalizedText(Array(words.map { $0 + any(blanks) }.joined().utf8))
        #expect(text.words(of: text.whole) == words.joined(separator: " "))
    }

    @Test("Every cited range holds exactly the characters that were read", arguments: 0..<200)
    func ranges(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "é", "œ", "**", "a", "Z", " ", "\n", "€", "n°", "’", "<b>", "&eacute;", "e\u{301}", "–", "7", "\t", "…",
        ]
        let original = (0..<60).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
        let bytes = Array(original.utf8)
        let text = NormalizedText(bytes)
        #expect(text.origin.count == text.folded.count + 1)
        #expect(text.origin.last == UInt32(bytes.count))
        for start in text.whole where !text[start].isBlank {
            let range = text.range(of: start..<(start + 1))
            let cited = try #require(String(validating: bytes[range.start..<range.end], as: UTF8.self))
            #expect(NormalizedText(Array(cited.utf8)).folded.contains(text[start]), "\(cited)")
        }
    }

    @Test("Bytes that are no UTF-8 are carried without a crash and never outgrow their source")
    func invalid() {
        let text = NormalizedText([0xFF, 0xC3, 0x41, 0xED, 0xA0, 0x80, 0xF5, 0x42])
        #expect(text.words(of: text.whole).contains("A"))
    }

    @Test("Two columns side by side are read one after the other, and still cited where they stand")
    func columns() throws {
        let left = ["Service de", "l'Assemblée", "", "n° 2031 / 7", "", "", ""]
        let right = [
            "Convoqué le lundi 3 mars 2031, le Conseil Municipal s'est réuni en mairie, salle",
            "du Conseil, le lundi 10 mars 2031 à 18h00, sous la présidence de",
            "Madame la Maire, Odile VERNAY.", "Présents : Odile VERNAY, Paul ARNOUX, Lise BRAC, Jean",
            "DUVERNOIS, Marc-Antoine LEPIC, Rose MARIN, Yves NOLLET et encore",
            "Zoé OLIVIER, Luc PERRIN, Anne QUERTIER et Louis RAMEAU tous présents",
            "Ines SAVARY, Theo TISSIER, Una URBAIN, Victor VALETTE, Yann WAGNER ici",
        ]
        let page = zip(left, right).map { $0 + String(repeating: " ", count: 30 - $0.count) + $1 }.joined(
            separator: "\n")
        let text = NormalizedText(Array(page.utf8))
        let place = try #require(text.find("sous la presidence de madame la maire, odile vernay", in: text.whole))
        #expect(text.find("salle du conseil", in: text.whole) != nil)
        let number = try #require(text.find("2031 / 7", in: text.whole))
        #expect(number.lowerBound > place.upperBound)
        let range = text.range(of: number)
        #expect(String(decoding: text.source[range.start..<range.end], as: UTF8.self) == "2031 / 7")
        #expect(text.words(of: 0..<number.upperBound).hasSuffix("Service de l'Assemblée n° 2031 / 7"))
        #expect(text.words(of: (place.upperBound - 6)..<number.upperBound).hasPrefix("VERNAY. Présents"))
    }

    @Test("Words begin after what is no word, wherever the eight bytes end")
    func wordStarts() {
        for length in 0..<40 {
            let words = String("a bé, 12c-d; (z) €x1 abcdefgh i 99 jklmnopqr stu".prefix(length))
            let text = NormalizedText(Array(words.utf8))
            #expect(text.wordStarts.map(Int.init) == text.whole.filter { text.isWordStart($0) })
        }
    }
}

/// A small generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Citations of moved columns")
struct MovedColumnTests {
    @Test("A range that ends where the text ends lies within it, at whatever byte the text is cut")
    func endOfText() {
        let gap = String(repeating: " ", count: 40)
        let rows = (1...8).map { "Service \($0)\(gap)Membres de la commission numéro \($0) du conseil\n" }
        let right = (1...6).map { "\(gap)          Suite de la liste des membres numéro \($0)\n" }
        let bytes = Array((rows + right).joined().utf8) + Array(gap.utf8)
        for count in stride(from: 1, through: bytes.count, by: 7) {
            let text = NormalizedText(Array(bytes.prefix(count)))
            let range = text.range(of: text.whole)
            #expect(range.start <= range.end && range.end <= count)
        }
    }
}
