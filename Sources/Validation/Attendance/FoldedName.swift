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

    /// What is folded already.
    init(folded: ArraySlice<UInt8>) {
        bytes = Array(folded)
    }

    var isEmpty: Bool { bytes.isEmpty }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// Its words. Spaces are single and none is at an end, which is less work than `split` does.
    var words: [ArraySlice<UInt8>] {
        guard !bytes.isEmpty else { return [] }
        var words: [ArraySlice<UInt8>] = []
        words.reserveCapacity(bytes.count / 6 + 1)
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == LatinFolding.space {
            words.append(bytes[start..<index])
            start = index + 1
        }
        words.append(bytes[start...])
        return words
    }
}

extension FoldedName {
    /// The year in "l'année 2024", "exercice 2024", "année scolaire" excepted.
    var fundedYear: Int? {
        guard LatinFolding.contains(bytes, anyOf: ["ANNEE ", "EXERCICE "]) else { return nil }
        let words = words
        for (word, next) in zip(words, words.dropFirst()) {
            guard word.elementsEqual("ANNEE".utf8) || word.elementsEqual("EXERCICE".utf8), next.count == 4,
                next.allSatisfy({ (0x30...0x39).contains($0) })
            else { continue }
            return next.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        return nil
    }
}

/// Whether a civility is a man's or a woman's: two persons of different civilities are never one with a typing error.
enum Gender {
    case man
    case woman

    /// Read from "M.", "MM.", "Mr", "Monsieur", "Messieurs", and "Mme", "Mlle", "Madame", "Mesdames"; nil for others.
    init?(civility: String?) {
        guard var civility else { return nil }
        let letters = civility.withUTF8 { bytes in
            var letters: UInt32 = 0
            for byte in bytes.prefix(4) {
                let letter = LatinFolding.ascii(byte)
                if letter == LatinFolding.space { break }
                letters = letters << 8 | UInt32(letter)
            }
            return letters
        }
        switch letters {
        case 0x4D, 0x4D4D, 0x4D52, 0x4D4F_4E53, 0x4D45_5353: self = .man
        case 0x4D4D45, 0x4D4D_4553, 0x4D4C_4C45, 0x4D41_4441, 0x4D45_5344: self = .woman
        default: return nil
        }
    }
}
