import Testing

@testable import Extraction

@Suite("Searches of several bytes at a time")
struct SearchTests {
    @Test("The last of a byte is found wherever it stands", arguments: 0..<100)
    func lastByte(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let bytes = (0..<40).map { _ in [10, 11, 0x8A, 97, 9][Int(generator.next() % 5)] as UInt8 }
        for lower in 0..<12 {
            let range = lower..<(lower + Int(generator.next() % 28))
            let found = bytes.withUnsafeBufferPointer { ByteSearch.last(10, in: range, of: $0) }
            #expect(found == bytes[range].lastIndex(of: 10))
        }
    }

    @Test("The first head like another is found wherever it stands", arguments: 0..<100)
    func firstHead(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let heads = (0..<40).map { _ in UInt16(truncatingIfNeeded: generator.next()) & 0x7C1F }
        let (wanted, mask) = (heads[Int(generator.next() % 40)] & 0x7C00, 0x7C00 as UInt16)
        for lower in 0..<12 {
            let range = lower..<(lower + Int(generator.next() % 28))
            let found = heads.withUnsafeBufferPointer { WordHead.first(in: range, of: $0, wanted, mask) }
            #expect(found == heads[range].firstIndex { $0 & mask == wanted })
        }
    }

    @Test(
        "A date may begin at every word with which one is read",
        arguments: [
            "le jeudi 26 septembre 2024", "L’an deux mille vingt, le six mars", "premier octobre 2024",
            "dimanche, le 1er mai 2022", "26/09/2024", "trente et un mars 2021", "onze juin",
        ])
    func dates(words: String) {
        let text = NormalizedText(Array(words.utf8))
        var starts: [Int] = []
        DateStarts.forEach(in: text.whole, of: text) { position in
            starts.append(position)
            return true
        }
        for position in text.whole where text.isWordStart(position) {
            if DateReader.read(at: position, in: text) != nil { #expect(starts.contains(position)) }
        }
        #expect(!starts.isEmpty)
    }
}
