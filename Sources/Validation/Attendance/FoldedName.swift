/// A person's or commune's name made comparable: upper case, no accents, hyphens and apostrophes as spaces.
struct FoldedName: Hashable {
    let bytes: [UInt8]

    init(_ name: String) {
        bytes = LatinFolding.fold(name)
    }

    /// A part of a text.
    init(_ part: Substring) {
        var part = part
        bytes = part.withUTF8 { LatinFolding.fold($0) }
    }

    var isEmpty: Bool { bytes.isEmpty }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// Its words.
    var words: [ArraySlice<UInt8>] {
        bytes.split(separator: LatinFolding.space)
    }
}

/// Whether a civility is a man's or a woman's: two persons of different civilities are never one with a typing error.
enum Gender {
    case man
    case woman

    /// Read from "M.", "MM.", "Mr", "Monsieur", "Messieurs", and "Mme", "Mlle", "Madame", "Mesdames"; nil for others.
    init?(civility: String?) {
        guard let civility else { return nil }
        var letters: UInt32 = 0
        for byte in civility.utf8.prefix(4) {
            let letter = LatinFolding.ascii(byte)
            if letter == LatinFolding.space { break }
            letters = letters << 8 | UInt32(letter)
        }
        switch letters {
        case 0x4D, 0x4D4D, 0x4D52, 0x4D4F_4E53, 0x4D45_5353: self = .man
        case 0x4D4D45, 0x4D4D_4553, 0x4D4C_4C45, 0x4D41_4441, 0x4D45_5344: self = .woman
        default: return nil
        }
    }
}
