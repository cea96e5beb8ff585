import Testing

@testable import Validation

@Suite("Where words begin")
struct WordStartsTests {
    @Test(
        "Words begin where a byte of a word follows one of none, wherever in eight bytes that is",
        arguments: [
            "", "a", " a", "été", "l’été", "Œuvre à 3 €", "a-b_c@d[e`f{g/h:i0j9", "abcdefg hijklmn opqrstu é",
            "…—« Élu·e·s »", "ñandú\u{A0}naïf", "日本 été", "e\u{301}te\u{301}",
        ])
    func agreesWithTheModel(words: String) {
        for spaces in 0..<9 {
            let bytes = Array((String(repeating: " ", count: spaces) + words + words).utf8)
            #expect(Self.starts(of: bytes) == Self.model(of: bytes))
        }
    }

    private static func starts(of bytes: [UInt8]) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: bytes.count / 2 + 2) { starts, count in
            let room = starts
            count = bytes.withUnsafeBufferPointer { WordStarts.note(of: $0, in: room) }
        }
    }

    /// Byte by byte: a byte that continues a character is of a word if the character is.
    private static func model(of bytes: [UInt8]) -> [Int32] {
        var starts: [Int32] = []
        var wasInside = false
        for (index, byte) in bytes.enumerated() {
            let isContinuing = byte & 0xC0 == 0x80
            let isOfWord = byte < 0x80 ? LatinFolding.ascii(byte) != LatinFolding.space : byte == 0xC3 || byte == 0xC5
            let isInside = isContinuing ? wasInside : isOfWord
            if isInside, !wasInside { starts.append(Int32(index)) }
            wasInside = isInside
        }
        return starts
    }
}
