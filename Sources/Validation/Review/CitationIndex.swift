import Deliberations

/// The citations of an Extract by pointer.
struct CitationIndex {
    private let provenance: Provenance

    init(_ provenance: Provenance) {
        self.provenance = provenance.indexed()
    }

    /// Where the fact at `pointer` was read.
    func range(at pointer: String) -> TextRange? { provenance[pointer] }

    /// Where the element `index` of the list at `list` was read.
    func range(at list: String, _ index: Int) -> TextRange? { provenance[list, index] }

    /// Whether all facts at `pointers` were read within `bytes` bytes: facts read far from each other may be of different
    /// acts or sessions. False if one has no citation.
    func areNear(_ pointers: [String], within bytes: Int) -> Bool {
        let ranges = pointers.compactMap { range(at: $0) }
        guard ranges.count == pointers.count, let first = ranges.map(\.start).min(), let last = ranges.map(\.end).max()
        else { return false }
        return last - first <= bytes
    }

    /// Where the fact at `pointer`, or the nearest fact that contains it, was read.
    func nearestRange(at pointer: String) -> TextRange? { provenance.nearest(pointer) }

    /// Where the element `index` of the list at `list`, or the nearest fact that contains it, was read.
    func nearestRange(at list: String, _ index: Int) -> TextRange? { provenance.nearest(list, index) }
}
