/// A person's or commune's name made comparable: upper case, no accents, hyphens and apostrophes as spaces.
struct FoldedName: Hashable {
    let bytes: [UInt8]

    init(_ name: String) {
        bytes = LatinFolding.fold(name)
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// Its words.
    var words: [ArraySlice<UInt8>] {
        bytes.split(separator: LatinFolding.space)
    }
}

/// Whether a civility is a man's or a woman's: two persons of different civilities are never one with a typing error.
enum Gender {
    case man
    case woman

    init?(civility: String?) {
        guard let civility, let letter = civility.utf8.first(where: { $0 > 0x40 }) else { return nil }
        let folded = LatinFolding.fold(civility)
        guard letter & 0xDF == UInt8(ascii: "M"), !folded.isEmpty else { return nil }
        switch folded {
        case Array("M".utf8), Array("MM".utf8), Array("MR".utf8), Array("MONSIEUR".utf8), Array("MESSIEURS".utf8):
            self = .man
        default:
            self = .woman
        }
    }
}
