/// Cuts a document into the act and what is annexed to it.
enum Segmenter {
    /// The parts of the document `anchored`.
    static func segments(of anchored: AnchoredText) -> Segments {
        segments(of: anchored, signed: actEnd(in: anchored))
    }

    /// The parts of `anchored`, of which the acts are signed at `signed`.
    static func segments(of anchored: AnchoredText, signed: Int?) -> Segments {
        let text = anchored.text
        let headings = annexHeadings(in: anchored, signed: signed)
        guard let first = headings.first else { return Segments(act: text.whole, annexes: []) }
        var annexes: [Segments.Annex] = []
        for (index, heading) in headings.enumerated() {
            let end = index + 1 < headings.count ? headings[index + 1].position : text.count
            annexes.append(Segments.Annex(kind: heading.kind, range: heading.position ..| end))
        }
        return Segments(act: 0 ..| first.position, annexes: annexes)
    }

    /// Lines that head an annexed part: after the signature of the act, short, "Annexe…" or a title in capitals.
    private static func annexHeadings(
        in anchored: AnchoredText, signed: Int?
    ) -> [(position: Int, kind: Segments.Annex.Kind)] {
        guard let signed else { return [] }
        let text = anchored.text
        var headings: [(position: Int, kind: Segments.Annex.Kind)] = []
        for anchor in anchored.anchors where anchor.range.lowerBound > signed {
            let position = anchor.range.lowerBound
            guard anchor.kind == .annex || anchor.kind == .convention, anchored.beginsLine(position),
                text.isCapital(at: position)
            else { continue }
            let line = text.line(at: position)
            if anchor.kind == .annex, line.count <= 120 { headings.append((position, .annex)) }
            if anchor.kind == .convention, text.isAllCapitals(anchor.range) { headings.append((position, .convention)) }
        }
        return headings
    }

    /// Where the signature of the act begins.
    private static func actEnd(in anchored: AnchoredText) -> Int? {
        if let closing = anchored.all(.closing).first { return closing.upperBound }
        return anchored.all(.deliberated).first?.upperBound
    }
}
