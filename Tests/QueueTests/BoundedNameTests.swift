import Testing

@testable import Queue

@Suite("Names that are kept short")
struct BoundedNameTests {
    @Test(
        "A name is kept whole up to 200 bytes; a longer one keeps as many whole scalars as leave room for …",
        arguments: ["a", "é", "€", "😀", "e\u{301}", "\u{301}", "👩‍👩‍👧"])
    func cut(_ unit: String) {
        for length in [190, 197, 198, 200, 201, 203, 400, 40_000] {
            for shift in 0..<4 {
                let padding = String(repeating: "x", count: shift)
                let name = padding + String(repeating: unit, count: length / unit.utf8.count)
                let kept = BoundedName.cut(name)
                guard name.utf8.count > BoundedName.bytes else {
                    #expect(ExactName(kept) == ExactName(name))
                    continue
                }
                let scalars = kept.unicodeScalars.dropLast()
                #expect(kept.unicodeScalars.last == "…" && kept.utf8.count <= BoundedName.bytes)
                #expect(Array(scalars) == Array(name.unicodeScalars.prefix(scalars.count)))
                let next = name.unicodeScalars.dropFirst(scalars.count).first.map { String($0).utf8.count } ?? 0
                #expect(kept.utf8.count + next > BoundedName.bytes)
            }
        }
    }

    @Test("A name of one Character with very many bytes is cut too")
    func oneCharacter() {
        let name = "e" + String(repeating: "\u{301}", count: 10_000)
        #expect(name.count == 1 && BoundedName.cut(name).utf8.count <= BoundedName.bytes)
    }
}
