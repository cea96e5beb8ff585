/// A ZIP archive written for a test, without compression (APPNOTE.TXT, sections 4.3.7 and 4.3.12).
struct SampleZIP {
    var files: [(name: String, content: [UInt8])]
    /// Whether the files say that they are encrypted.
    var isEncrypted = false

    init(_ files: [(name: String, content: [UInt8])]) {
        self.files = files
    }

    init(_ files: [(name: String, content: String)]) {
        self.files = files.map { ($0.name, Array($0.content.utf8)) }
    }

    var bytes: [UInt8] {
        var archive: [UInt8] = []
        var list: [UInt8] = []
        for file in files {
            let name = Array(file.name.utf8)
            // Names are in UTF-8 (bit 11); bit 0 tells encryption.
            let flags = 0x0800 | (isEncrypted ? 1 : 0)
            let common =
                Self.little(20, 2) + Self.little(flags, 2) + Self.little(0, 8 - 2)
                + Self.little(Self.checksum(file.content), 4)
                + Self.little(file.content.count, 4) + Self.little(file.content.count, 4) + Self.little(name.count, 2)
                + Self.little(0, 2)
            list += Array("PK\u{01}\u{02}".utf8) + Self.little(20, 2) + common + Self.little(0, 10)
            list += Self.little(archive.count, 4) + name
            archive += Array("PK\u{03}\u{04}".utf8) + common + name + file.content
        }
        let end =
            Array("PK\u{05}\u{06}".utf8) + Self.little(0, 4) + Self.little(files.count, 2) + Self.little(files.count, 2)
            + Self.little(list.count, 4) + Self.little(archive.count, 4) + Self.little(0, 2)
        return archive + list + end
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// CRC-32 (ITU-T V.42).
    private static func checksum(_ bytes: [UInt8]) -> Int {
        var remainder: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1 }
        }
        return Int(~remainder)
    }
}
