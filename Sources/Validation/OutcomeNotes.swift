import Deliberations

/// Gathers verdicts into an outcome, with their evidence quoted from the text.
struct OutcomeNotes {
    let review: Review
    private var outcomeSoFar = ValidationOutcome()

    init(review: Review) {
        self.review = review
    }

    /// Notes the verdicts of a rule on each deliberation. What it says alike of every one of several is said once.
    mutating func add(_ verdicts: [Verdict], of rule: any Rule) {
        if verdicts.count > 1, let shared = Self.sharedNonFinding(verdicts) {
            add(shared, of: rule, deliberation: nil)
            return
        }
        for (index, verdict) in verdicts.enumerated() { add(verdict, of: rule, deliberation: index) }
    }

    /// Notes a verdict of a rule.
    mutating func add(_ verdict: Verdict, of rule: any Rule, deliberation: Int?) {
        if case .ok = verdict { return }
        let description = rule.description
        switch verdict {
        case .ok:
            break
        case .remarks(let remarks):
            for remark in remarks.prefix(Validator.maximumRemarks) {
                outcomeSoFar.findings.append(finding(remark, description, deliberation: deliberation))
            }
        case .indeterminate(let missing):
            let note = Indeterminate(rule: description.id, deliberation: deliberation, missing: missing)
            outcomeSoFar.indeterminate.append(note)
        case .notApplicable(let why):
            let note = NotApplicable(rule: description.id, deliberation: deliberation, why: why)
            outcomeSoFar.notApplicable.append(note)
        }
    }

    /// The outcome, errors first; what is equally severe stays in the order of the catalogue.
    func outcome() -> ValidationOutcome {
        var outcome = outcomeSoFar
        outcome.findings = [Severity.error, .warning, .info].flatMap { severity in
            outcomeSoFar.findings.filter { $0.severity == severity }
        }
        outcome.compared = ComparedFacts(of: review) { isInText($0) ? Evidence(range: $0, quote: quote($0)) : nil }
        return outcome
    }

    private static func sharedNonFinding(_ verdicts: [Verdict]) -> Verdict? {
        switch verdicts.first {
        case .notApplicable(let why)?:
            let isShared = verdicts.allSatisfy { if case .notApplicable(why) = $0 { true } else { false } }
            return isShared ? verdicts[0] : nil
        case .indeterminate(let missing)?:
            let isShared = verdicts.allSatisfy { if case .indeterminate(missing) = $0 { true } else { false } }
            return isShared ? verdicts[0] : nil
        default:
            return nil
        }
    }

    private func finding(_ remark: Remark, _ rule: RuleDescription, deliberation: Int?) -> Finding {
        let severity = review.parameters.severities[rule.id] ?? rule.severity
        return Finding(
            rule: rule.id, severity: remark.lowered.map { min($0, severity) } ?? severity, message: remark.message,
            deliberation: remark.deliberation ?? deliberation, computed: remark.computed,
            evidence: evidence(remark.sources, deliberation: remark.deliberation ?? deliberation),
            law: rule.lawInOneLine)
    }

    /// The places quoted; where none of the sources was cited by the reader, the act's own heading.
    private func evidence(_ sources: [Source], deliberation: Int?) -> [Evidence] {
        let quoted = quotations(sources)
        if !quoted.isEmpty || sources.isEmpty { return quoted }
        guard let deliberation else { return quotations([.fact("/session/date")]) }
        let act = "/deliberations/\(deliberation)"
        let headings = ["number", "item", "subject"].lazy.map { self.quotations([.fact("\(act)/\($0)")]) }
        return headings.first { !$0.isEmpty } ?? []
    }

    private func quotations(_ sources: [Source]) -> [Evidence] {
        var ranges: [TextRange] = []
        for source in sources.prefix(Validator.maximumEvidence) {
            let range: TextRange? =
                switch source {
                case .fact(let pointer): review.citations.nearestRange(at: pointer)
                case .words(let range): range
                }
            if let range, isInText(range), !ranges.contains(range) { ranges.append(range) }
        }
        return ranges.map { Evidence(range: $0, quote: quote($0)) }
    }

    private func isInText(_ range: TextRange) -> Bool { range.start < range.end && range.end <= review.text.count }

    /// The words of `range`, white space single, cut at ``Validator/maximumQuote`` bytes between characters.
    private func quote(_ range: TextRange) -> String {
        var end = min(range.end, range.start + Validator.maximumQuote)
        while end < range.end, end > range.start, review.text[end] & 0xC0 == 0x80 { end -= 1 }
        let words = review.text.withUnsafeBufferPointer { text in
            Self.singleSpaced(UnsafeBufferPointer(rebasing: text[range.start..<end]))
        }
        return end < range.end ? words + "…" : words
    }

    /// `words` without white space at their beginning, and with single spaces between them.
    private static func singleSpaced(_ words: UnsafeBufferPointer<UInt8>) -> String {
        // Most quotations are of one line, and are so already.
        if isSingleSpaced(words) { return String(decoding: words, as: UTF8.self) }
        return String(unsafeUninitializedCapacity: words.count) { result in
            var count = 0
            for byte in words {
                let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
                if isSpace, count == 0 || result[count - 1] == 0x20 { continue }
                result[count] = isSpace ? 0x20 : byte
                count += 1
            }
            return count
        }
    }

    private static func isSingleSpaced(_ words: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous: UInt8 = 0x20
        for byte in words {
            // The other control characters are no white space, but rare enough to be looked at again.
            if byte <= 0x20, byte < 0x20 || previous == 0x20 { return false }
            previous = byte
        }
        return true
    }
}
