/// Picks, of all that may be headings of one style, those that count on through the document and have decisions between.
struct HeadingChains {
    private let signs: DecisionSigns
    private let end: Int

    /// The chains of `headings` in a text that ends at `end`, those with most decisions first.
    static func chains(of headings: [Heading], signs: DecisionSigns, end: Int) -> [HeadingChain] {
        let chains = Self(signs: signs, end: end)
        var styles: [UInt64: [Heading]] = [:]
        for heading in headings {
            styles[heading.style &+ (heading.isNumber ? 1 << 40 : 0), default: []].append(heading)
        }
        return styles.values.compactMap { group in
            guard let first = group.first else { return nil }
            switch first.mark {
            case .number: return chains.ofActs(group)
            case .item: return chains.ofItems(group)
            case .label: return chains.ofLabels(group)
            }
        }.filter { $0.decided > 0 }.sorted { left, right in
            (left.decided, -left.headings[0].start) > (right.decided, -right.headings[0].start)
        }
    }

    private func chain(_ headings: [Heading]) -> HeadingChain? {
        guard !headings.isEmpty else { return nil }
        let decided = headings.indices.filter { isDecided($0, of: headings) }.count
        return HeadingChain(headings: headings, decided: decided)
    }

    private func isDecided(_ index: Int, of headings: [Heading]) -> Bool {
        let next = index + 1 < headings.count ? headings[index + 1].start : end
        return signs.any(in: headings[index].titleStart ..| next)
    }

    // MARK: Acts

    /// Each number once: where a decision follows it, not in the agenda before nor in a list after.
    private func ofActs(_ headings: [Heading]) -> HeadingChain? {
        var chosen: [UInt64: Int] = [:]
        for index in headings.indices {
            let isDecided = isDecided(index, of: headings)
            let identity = headings[index].identity
            if let known = chosen[identity] {
                if isDecided, !self.isDecided(known, of: headings) || !wasAfterDecision(known, of: headings) {
                    chosen[identity] = index
                }
            } else {
                chosen[identity] = index
            }
        }
        let kept = chosen.values.sorted().filter { !isLastOfAgenda($0, of: headings) }
        return chain(rising(kept.map { headings[$0] }))
    }

    /// The last of several headings without a decision, with the next decision far away: the agenda's last line.
    private func isLastOfAgenda(_ index: Int, of headings: [Heading]) -> Bool {
        guard index > 1, isDecided(index, of: headings), !isDecided(index - 1, of: headings),
            !isDecided(index - 2, of: headings), let sign = signs.first(from: headings[index].titleStart)
        else { return false }
        return sign - headings[index].titleStart > 500
    }

    private func wasAfterDecision(_ index: Int, of headings: [Heading]) -> Bool {
        index == 0 || isDecided(index - 1, of: headings)
    }

    /// Without numbers that do not count on, if nearly all do: they refer to other acts.
    private func rising(_ headings: [Heading]) -> [Heading] {
        guard headings.count >= 4, let column = countingColumn(headings) else { return headings }
        let values = headings.map { $0.groups.count > column ? $0.groups[column] : 0 }
        let kept = Self.longestRise(values)
        guard kept.count * 4 >= headings.count * 3 else { return headings }
        return kept.map { headings[$0] }
    }

    private func countingColumn(_ headings: [Heading]) -> Int? {
        let width = headings.map(\.groups.count).min() ?? 0
        return (0..<width).max { left, right in
            Set(headings.map { $0.groups[left] }).count < Set(headings.map { $0.groups[right] }).count
        }
    }

    /// The indices of a longest strictly rising subsequence.
    private static func longestRise(_ values: [Int]) -> [Int] {
        var tails: [Int] = []
        var previous = [Int](repeating: -1, count: values.count)
        for index in values.indices {
            let place = tails.partitioningIndex { values[$0] >= values[index] }
            if place > 0 { previous[index] = tails[place - 1] }
            if place == tails.count { tails.append(index) } else { tails[place] = index }
        }
        var rise: [Int] = []
        var index = tails.last ?? -1
        while index >= 0 {
            rise.append(index)
            index = previous[index]
        }
        return rise.reversed()
    }

    // MARK: Items

    /// Items count on by one; of several ways through the numbers the one with most decisions between them.
    private func ofItems(_ headings: [Heading]) -> HeadingChain? {
        var best = [Int](repeating: 0, count: headings.count)
        var previous = [Int](repeating: -1, count: headings.count)
        var recent: [Int: [Int]] = [:]
        for index in headings.indices {
            let major = headings[index].groups[0]
            best[index] = major == 1 ? 1 : -major
            for step in 0...2 {
                for candidate in recent[major - step] ?? [] where follows(headings[index], headings[candidate], step) {
                    let isDecided = signs.any(in: headings[candidate].titleStart ..| headings[index].start)
                    let score = best[candidate] + (isDecided ? 3 : 0) - (step == 2 ? 2 : 0)
                    if score >= best[index] { (best[index], previous[index]) = (score, candidate) }
                }
            }
            recent[major] = (recent[major] ?? []).suffix(7) + [index]
        }
        for index in headings.indices where signs.any(in: headings[index].titleStart ..| end) { best[index] += 1 }
        guard var index = best.indices.max(by: { best[$0] <= best[$1] }) else { return nil }
        var path: [Heading] = []
        while index >= 0 {
            path.append(headings[index])
            index = previous[index]
        }
        return chain(path.reversed())
    }

    /// Whether `heading` may come after `other`, whose first number is `step` less.
    private func follows(_ heading: Heading, _ other: Heading, _ step: Int) -> Bool {
        let minor = heading.groups.count > 1 ? heading.groups[1] : 0
        let otherMinor = other.groups.count > 1 ? other.groups[1] : 0
        return step == 0 ? minor > otherMinor && minor <= otherMinor + 2 : minor <= 1
    }

    // MARK: Labels

    /// Labels with different titles; a label of the page's margin has the same words each time.
    private func ofLabels(_ headings: [Heading]) -> HeadingChain? {
        let titles = Set(headings.map(\.identity))
        guard titles.count == headings.count || titles.count * 2 > headings.count else { return nil }
        var seen: Set<UInt64> = []
        return chain(headings.filter { seen.insert($0.identity).inserted })
    }
}
