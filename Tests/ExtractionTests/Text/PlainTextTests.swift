import Testing

@testable import Extraction

@Suite("Plain text, eight bytes at a time")
struct PlainTextTests {
    private static let marks = Set("'()+,-./:;".utf8)

    /// Whether `byte` is copied as it is or in lower case, a space aside.
    private func isPlain(_ byte: UInt8) -> Bool {
        (byte | 0x20).isLetter && byte < 0x80 || byte.isDigit || Self.marks.contains(byte)
    }

    private func model(_ bytes: [UInt8]) -> Int {
        for index in 0..<8 {
            if bytes[index] == FoldedByte.space, index < 7, bytes[index + 1] != FoldedByte.space { continue }
            if !isPlain(bytes[index]) { return index }
        }
        return 8
    }

    private func packed(_ bytes: [UInt8]) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    @Test("The plain bytes of eight are those that a look at each byte finds, and only they become lower case")
    func prefix() {
        var random = SeededGenerator(seed: 7)
        for byte in UInt8.min ... .max {
            for place in 0..<8 {
                var bytes = (0..<8).map { _ in "aZ09' ;".utf8.randomElement(using: &random) ?? 0 }
                bytes[place] = byte
                let count = model(bytes)
                #expect(PlainText.prefix(of: packed(bytes)) == count, "\(bytes)")
                let lowercased = PlainText.lowercased(packed(bytes))
                for index in 0..<count {
                    let expected = bytes[index] &- 65 < 26 ? bytes[index] + 32 : bytes[index]
                    #expect(UInt8(truncatingIfNeeded: lowercased >> UInt64(8 * index)) == expected)
                }
            }
        }
    }

    @Test("Runs of digits begin after what is no digit, wherever the eight bytes and the range end")
    func digits() {
        let bytes = Array("1 ab12c 345678901234 5x6;77\u{7F}8".utf8)
        for lower in 0...bytes.count {
            for upper in lower...bytes.count {
                let expected = (lower..<upper).filter {
                    bytes[$0].isDigit && ($0 == lower || !bytes[$0 - 1].isDigit)
                }
                #expect(WordStarts.ofDigits(in: lower..<upper, of: bytes) == expected)
            }
        }
    }

    @Test("The head of a word tells its first three bytes, and whether it is a number")
    func heads() {
        let text = NormalizedText(Array("Article 12, l'art. d1 a".utf8))
        let (head, mask) = WordHead.beginning("article")
        let found = text.wordHeads.map { $0 & mask == head }
        #expect(found == [true, false, false, true, false, false])
        #expect(text.wordHeads.map { WordHead.isNumber($0) } == [false, true, false, false, false, false])
        #expect(WordHead.beginning("l'a").mask == 31 << 10)
    }
}
