/// Cuts minutes, collections and lists into their deliberations.
struct DeliberationCutter {
    private let anchored: AnchoredText
    private let signs: DecisionSigns
    private let range: Range<Int>
    private var text: NormalizedText { anchored.text }

    /// The deliberations in `range`, in order, for a session in `year`; none if no headings count on through the text.
    static func cut(_ anchored: AnchoredText, in range: Range<Int>, year: Int) -> [DeliberationRange] {
        let signs = DecisionSigns(anchored, in: range)
        guard !signs.positions.isEmpty else { return [] }
        let cutter = Self(anchored: anchored, signs: signs, range: range)
        let numbered = HeadingScanner(anchored, in: range, year: year).headings
        let acts = ExtractCollection.acts(
            anchored, in: range, signs: signs, headings: numbered.sorted { $0.start < $1.start })
        if !acts.isEmpty { return acts }
        let headings =
            numbered + AgendaHeadings.headings(anchored, in: range, signs: signs)
        let chains = HeadingChains.chains(of: headings, signs: signs, end: range.upperBound)
        let ranges = cutter.ranges(cutter.merged(chains))
        let head = range.lowerBound ..| (ranges.first?.range.lowerBound ?? range.upperBound)
        let isTitled = ranges.contains { deliberation in
            deliberation.title.map { anchored.first(.minutesTitle, in: $0) != nil } ?? false
        }
        guard !isTitled, let approval = MinutesApproval.find(anchored, in: head) else { return ranges }
        return [approval] + ranges
    }

    // MARK: Styles

    /// The headings of the leading style, and those of others that split its deliberations or stand before them.
    private func merged(_ chains: [HeadingChain]) -> [Heading] {
        guard let leading = chains.first, let first = leading.headings.first else { return [] }
        var headings = leading.headings
        for chain in chains.dropFirst() {
            let isAgenda =
                chain.headings.first?.style == AgendaHeadings.style && chain.headings.first?.isNumber == false
            let isStrong = chain.decided > 1 && chain.decided * 2 >= leading.decided
            guard !chain.isOfCells, !(isAgenda && leading.decided > 2) else { continue }
            headings += chain.headings.filter {
                isStrong || chain.decided > 1 && $0.start < first.start
                    || $0.isNumber && follows($0, leading.headings)
            }
        }
        return headings.sorted { $0.start < $1.start }
    }

    /// Whether the number of an act stands right after the heading of an item, without a decision between.
    private func follows(_ number: Heading, _ items: [Heading]) -> Bool {
        let next = items.partitioningIndex { $0.start >= number.start }
        guard next > 0, !items[next - 1].isNumber, number.start - items[next - 1].titleStart < 260 else { return false }
        return !signs.any(in: items[next - 1].titleStart ..| number.start)
    }

    // MARK: Ranges

    /// Headings without a decision between them head the same deliberation, or the former headed none.
    private func ranges(_ headings: [Heading]) -> [DeliberationRange] {
        var ranges: [DeliberationRange] = []
        var group: [Heading] = []
        for (index, heading) in headings.enumerated() {
            group.append(heading)
            let next = index + 1 < headings.count ? headings[index + 1].start : end(after: heading)
            guard signs.any(in: heading.titleStart ..| next) || index + 1 == headings.count else { continue }
            ranges.append(deliberation(of: group, upTo: next))
            group = []
        }
        return ranges
    }

    /// Where the last deliberation ends: before questions and information, and the end of the session.
    private func end(after heading: Heading) -> Int {
        var end = range.upperBound
        let start = signs.first(from: heading.titleStart) ?? heading.titleStart
        if let closed = anchored.first(.closed, in: start ..| end) { end = closed.lowerBound }
        if let secretary = anchored.all(.secretary, in: start ..| end).first(where: { isSignature($0) }) {
            end = text.skipBlanksBack(from: secretary.lowerBound) - 2
        }
        return end
    }

    /// "Le secrétaire de séance" alone, over a signature.
    private func isSignature(_ secretary: Range<Int>) -> Bool {
        let before = text.skipBlanksBack(from: secretary.lowerBound)
        let article = text.match("le", at: before - 2) ?? text.match("la", at: before - 2)
        return article == before && text.isCapital(at: before - 2)
            && text.matchAny(
                ["a", "est", "de", "procede", "donne", "fait"], at: text.skipBlanks(from: secretary.upperBound)) == nil
    }

    /// What the headings of `group` say of the deliberation that ends at `end`.
    private func deliberation(of group: [Heading], upTo end: Int) -> DeliberationRange {
        let last = group[group.count - 1]
        var own = [last]
        for heading in group.dropLast().reversed() {
            guard let following = own.first, following.start - heading.titleStart < 420,
                !own.contains(where: { $0.isNumber == heading.isNumber && ($0.isNumber || $0.style == heading.style) })
            else { break }
            own.insert(heading, at: 0)
        }
        var result = DeliberationRange(range: own[0].start ..| end, bodyStart: last.titleStart)
        for (index, heading) in own.enumerated() {
            switch heading.mark {
            case .number(let number): result.number = number
            case .item(let item): result.item = item
            case .label: break
            }
            let limit = index + 1 < own.count ? own[index + 1].start : end
            if result.title != nil, own[..<index].contains(where: \.isNumber) || heading.isInBrackets { continue }
            if let title = HeadingTitle.read(from: heading.titleStart, limit: limit, in: anchored) {
                result.title = title
                result.bodyStart = max(result.bodyStart, title.upperBound)
            }
        }
        return result
    }
}
