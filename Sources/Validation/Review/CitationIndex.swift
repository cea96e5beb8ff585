import Deliberations

/// The citations of an Extract by pointer, built once and only when a finding needs one.
struct CitationIndex {
    private let ranges: [String: TextRange]

    init(_ provenance: Provenance) {
        ranges = provenance.byPointer()
    }

    /// Where the fact at `pointer` was read.
    func range(at pointer: String) -> TextRange? { ranges[pointer] }

    /// Where the fact at `pointer`, or the nearest fact that contains it, was read.
    func nearestRange(at pointer: String) -> TextRange? {
        var path = Substring(pointer)
        while !path.isEmpty {
            if let range = ranges[String(path)] { return range }
            guard let slash = path.lastIndex(of: "/") else { return nil }
            path = path[..<slash]
        }
        return nil
    }
}
