import Deliberations

/// What the one scan of the text found, in positions of the folded text and in their order.
struct FoundMentions {
    /// Dates with a year.
    var dates: [DateReader.Reading] = []
    /// Amounts with a unit.
    var amounts: [AmountReader.Reading] = []
    /// References.
    var references: [Reference] = []
    /// Percentages.
    var percentages: [Percentage] = []

    /// A reference to a law, an article or an annex.
    struct Reference {
        let kind: ReferenceMention.Kind
        let range: Range<Int>
        /// The number of an article or annex of the document.
        var number: Range<Int>?
    }

    /// A percentage in hundredths of a percent.
    struct Percentage {
        let value: Int
        let range: Range<Int>
    }

    /// The dates that lie in `range`.
    func dates(in range: Range<Int>) -> ArraySlice<DateReader.Reading> {
        Self.slice(dates, in: range) { $0.range }
    }

    /// The amounts that lie in `range`.
    func amounts(in range: Range<Int>) -> ArraySlice<AmountReader.Reading> {
        Self.slice(amounts, in: range) { $0.range }
    }

    /// The percentages that lie in `range`.
    func percentages(in range: Range<Int>) -> ArraySlice<Percentage> {
        Self.slice(percentages, in: range) { $0.range }
    }

    /// The references that lie in `range`.
    func references(in range: Range<Int>) -> ArraySlice<Reference> {
        Self.slice(references, in: range) { $0.range }
    }

    private static func slice<Element>(
        _ elements: [Element], in range: Range<Int>, _ place: (Element) -> Range<Int>
    ) -> ArraySlice<Element> {
        let first = firstIndex(of: elements) { place($0).lowerBound >= range.lowerBound }
        var last = first
        while last < elements.count, place(elements[last]).upperBound <= range.upperBound { last += 1 }
        return elements[first..<last]
    }

    /// The index of the first element that `isReached` holds for; it holds for all after it.
    private static func firstIndex<Element>(of elements: [Element], _ isReached: (Element) -> Bool) -> Int {
        var lower = 0
        var upper = elements.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if isReached(elements[middle]) { upper = middle } else { lower = middle + 1 }
        }
        return lower
    }
}

extension FoundMentions {
    /// The mentions as the Extract has them.
    func mentions(in text: NormalizedText) -> Mentions {
        var mentions = Mentions()
        mentions.dates = dates.map {
            DateMention(
                text: text.words(of: $0.range), date: $0.date, weekday: $0.weekday, range: text.range(of: $0.range))
        }
        mentions.amounts = amounts.map {
            AmountMention(
                text: text.words(of: $0.range), money: $0.money, inWords: $0.inWords,
                role: AmountRole.role(before: $0.range.lowerBound, in: text), range: text.range(of: $0.range))
        }
        mentions.references = references.map {
            ReferenceMention(text: text.words(of: $0.range), kind: $0.kind, range: text.range(of: $0.range))
        }
        mentions.percentages = percentages.map {
            PercentageMention(text: text.words(of: $0.range), value: $0.value, range: text.range(of: $0.range))
        }
        return mentions
    }
}
