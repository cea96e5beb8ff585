/// Text by which two documents' wordings of one thing are compared: lower case without accents, words of letters and
/// digits with one space between them.
struct FoldedText: Hashable {
    /// The words in ASCII as far as the text is of Latin letters; other letters stay as they are.
    let text: String

    init(_ raw: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.utf8.count)
        var isSpacePending = false
        for scalar in raw.unicodeScalars {
            if scalar.isASCII {
                Self.append(ascii: UInt8(truncatingIfNeeded: scalar.value), to: &bytes, &isSpacePending)
                continue
            }
            guard let folded = Self.folded(scalar) else { continue }
            if folded.isEmpty {
                isSpacePending = !bytes.isEmpty
                continue
            }
            if isSpacePending { bytes.append(UInt8(ascii: " ")) }
            isSpacePending = false
            bytes.append(contentsOf: folded)
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    private static func append(ascii unit: UInt8, to bytes: inout [UInt8], _ isSpacePending: inout Bool) {
        let folded: UInt8
        switch unit {
        case 0x30...0x39, 0x61...0x7A: folded = unit
        case 0x41...0x5A: folded = unit + 32
        default:
            isSpacePending = !bytes.isEmpty
            return
        }
        if isSpacePending { bytes.append(UInt8(ascii: " ")) }
        isSpacePending = false
        bytes.append(folded)
    }

    /// The bytes of a letter or digit beyond ASCII, nothing for what parts words, nil for what is to be passed over.
    private static func folded(_ scalar: Unicode.Scalar) -> [UInt8]? {
        switch scalar.value {
        case 0xAD, 0x300...0x36F, 0x200B...0x200F, 0xFEFF: return nil
        case 0xC0...0x17F: return latin[scalar.value]
        default: return scalar.properties.isAlphabetic ? Array(String(scalar).lowercased().utf8) : []
        }
    }

    /// The accented letters from U+00C0 to U+017F without their accents.
    private static let latin: [UInt32: [UInt8]] = {
        let families = [
            "a": "ÀÁÂÃÄÅàáâãäåĀāĂăĄą", "ae": "Ææ", "c": "ÇçĆćĈĉĊċČč", "d": "ÐðĎďĐđ", "e": "ÈÉÊËèéêëĒēĔĕĖėĘęĚě",
            "g": "ĜĝĞğĠġĢģ", "h": "ĤĥĦħ", "i": "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı", "j": "Ĵĵ", "k": "Ķķ", "l": "ĹĺĻļĽľĿŀŁł",
            "n": "ÑñŃńŅņŇňŉ", "o": "ÒÓÔÕÖØòóôõöøŌōŎŏŐő", "oe": "Œœ", "r": "ŔŕŖŗŘř", "s": "ŚśŜŝŞşŠšſ", "ss": "ß",
            "t": "ŢţŤťŦŧ", "u": "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų", "w": "Ŵŵ", "y": "ÝýÿŶŷŸ", "z": "ŹźŻżŽž", "th": "Þþ",
        ]
        var table: [UInt32: [UInt8]] = [:]
        for (plain, letters) in families {
            for letter in letters.unicodeScalars { table[letter.value] = Array(plain.utf8) }
        }
        table[0xD7] = []
        table[0xF7] = []
        return table
    }()
}
