import Testing

@testable import JSONCodec

@Suite("Whether bytes are UTF-8")
struct UTF8CheckTests {
    /// The bytes at the edges of what RFC 3629 allows.
    private static let edges: [UInt8] = [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    private func agrees(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer(UTF8Check.isValid) == (String(validating: bytes, as: UTF8.self) != nil)
    }

    @Test("It agrees with the standard library on every four bytes at the edges, after up to eight letters")
    func sequences() {
        var differing: [[UInt8]] = []
        for first in Self.edges {
            for second in Self.edges {
                for third in Self.edges {
                    for fourth in Self.edges where !agrees([first, second, third, fourth]) {
                        differing.append([first, second, third, fourth])
                    }
                    let letters = [UInt8](repeating: 0x61, count: Int(first ^ second ^ third) % 9)
                    if !agrees(letters + [first, second, third]) {
                        differing.append(letters + [first, second, third])
                    }
                }
            }
        }
        #expect(differing.isEmpty)
    }

    @Test("Text that ends within a character is refused, at every length", arguments: ["aé", "a€", "a😀", "abcdefgé"])
    func truncated(text: String) {
        for length in 0...text.utf8.count { #expect(agrees(Array(text.utf8.prefix(length)))) }
    }
}
