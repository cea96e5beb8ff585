import Testing

@testable import Extraction

@Suite("Wordings")
struct WordingMatcherTests {
    @Test("The longest wording is found, whole words only, across the end of a line but not of a paragraph")
    func matching() {
        let matcher = WordingMatcher([("membres presents", 1), ("presents", 2), ("convoque*", 3), ("n°", 4)])
        func kinds(_ text: String) -> [Int] { matcher.matches(in: NormalizedText(Array(text.utf8))).map(\.kind) }
        #expect(kinds("Membres présents") == [1, 2])
        #expect(kinds("membres\nprésents") == [1, 2])
        #expect(kinds("membres\n\nPrésents") == [2])
        #expect(kinds("représentstion, présentsx") == [])
        #expect(kinds("Convoquées") == [3])
        #expect(kinds("n°5") == [4])
    }

    @Test("Every wording of the vocabulary is folded, and found in itself")
    func vocabulary() {
        for (kind, wordings) in ActWordings.all {
            for wording in wordings {
                let text = NormalizedText(Array(wording.utf8))
                #expect(text.folded == wording.unicodeScalars.map { UInt8($0.value) }, "\(wording)")
                let isFound = AnchoredText(text).anchors.contains { $0.range.lowerBound == 0 }
                #expect(isFound, "\(kind): \(wording)")
            }
        }
    }

    @Test("No wording stands for two things")
    func unique() {
        let wordings = ActWordings.all.flatMap(\.1)
        let repeated = Dictionary(grouping: wordings, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
        #expect(repeated.isEmpty)
    }

    @Test("No two words of a vocabulary that is looked up by key share one")
    func keys() {
        let words = NumberWords.parts.map(\.word) + DateWords.months.map(\.word) + DateWords.weekdays.map(\.word)
        #expect(Set(words.map { WordKey.key($0.utf8) }).count == Set(words).count)
    }
}
