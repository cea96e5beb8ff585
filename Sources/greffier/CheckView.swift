import Console
import Deliberations

/// What a check found, in French, errors first, each finding under the words that it rests on.
struct CheckView {
    let extract: Extract
    let report: Report
    let text: [UInt8]
    let showsAll: Bool

    var lines: [String] {
        var lines = heading
        for severity in [Severity.error, .warning, .info] {
            let findings = report.findings.filter { $0.severity == severity }
            lines += section(title(of: severity), findings.flatMap(describe))
        }
        lines += section("Échéances", report.deadlines.sorted(by: Self.isEarlier).flatMap(describe))
        lines += section(
            "Non vérifiable (il manque une donnée)", report.indeterminate.map { "  \($0.rule) : \($0.missing)" })
        if showsAll {
            lines += section("Sans objet", report.notApplicable.map { "  \($0.rule) : \($0.why)" })
        }
        lines += section(
            "Avertissements de lecture",
            extract.warnings.map { warning in
                "  \(warning.code) : \(warning.message)\(warning.range.map { " (\(place(of: $0.start)))" } ?? "")"
            })
        return lines
    }

    var terminalText: String { lines.joined(separator: "\n") }

    private var heading: [String] {
        var lines: [String] = []
        let session = extract.session
        lines.append("\(extract.authority.name), séance du \(Self.french(session.date))")
        for deliberation in extract.deliberations {
            let number = deliberation.number.map { "n° \($0) : " } ?? ""
            lines.append("Délibération \(number)\(deliberation.subject)")
            if let vote = deliberation.vote { lines.append("  \(describe(vote))") }
        }
        let counts = [
            (report.findings.count { $0.severity == .error }, "erreur"),
            (report.findings.count { $0.severity == .warning }, "point à vérifier"),
            (report.findings.count { $0.severity == .info }, "information"),
            (report.deadlines.count, "échéance"),
        ]
        lines.append("En bref : " + counts.map { Self.count($0.0, $0.1) }.joined(separator: ", ") + ".")
        return lines
    }

    private func describe(_ vote: Vote) -> String {
        var parts: [String] = []
        if vote.unanimous { parts.append("à l’unanimité") }
        if let count = vote.for { parts.append("pour \(count)") }
        if let count = vote.against { parts.append("contre \(count)") }
        if let count = vote.abstentions { parts.append("abstentions \(count)") }
        return "Vote : " + (parts.isEmpty ? "sans décompte" : parts.joined(separator: ", "))
    }

    private func describe(_ finding: Finding) -> [String] {
        var lines = ["  \(finding.message)  [\(finding.rule)]"]
        if let computed = finding.computed { lines.append("    calcul : \(computed)") }
        for evidence in finding.evidence.prefix(4) {
            lines.append("    \(place(of: evidence.start)) : « \(Self.oneLine(evidence.quote)) »")
        }
        if !finding.law.isEmpty { lines.append("    \(finding.law)") }
        return lines
    }

    private func describe(_ deadline: Deadline) -> [String] {
        let date = deadline.due.map(Self.french) ?? "date à venir"
        let doubt = deadline.dueAlternative.map { " (ou \(Self.french($0)))" } ?? ""
        let done = deadline.state == .closed ? " (fait)" : ""
        var lines = ["  \(date)\(doubt) — \(deadline.what)\(done)  [\(deadline.rule)]"]
        let parties = [deadline.debtor, deadline.creditor].compactMap(\.self).joined(separator: " → ")
        let context = [parties, deadline.source ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        if !context.isEmpty { lines.append("    \(context)") }
        lines.append("    \(deadline.how)")
        if let evidence = deadline.evidence.first {
            lines.append("    \(place(of: evidence.start)) : « \(Self.oneLine(evidence.quote)) »")
        }
        return lines
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title] + lines
    }

    private func title(of severity: Severity) -> String {
        switch severity {
        case .error: "Erreurs"
        case .warning: "À vérifier"
        case .info: "Informations"
        }
    }

    /// Where a person finds it: the page, if the document has several, and the line on it.
    private func place(of offset: Int) -> String {
        let starts = extract.document.pageStarts ?? []
        let start = starts.last { $0 <= offset } ?? 0
        let line = text[min(start, text.count)...].prefix(offset - start).count { $0 == UInt8(ascii: "\n") } + 1
        guard starts.count > 1 else { return "ligne \(line)" }
        return "page \(starts.count { $0 <= offset }), ligne \(line)"
    }

    private static func isEarlier(_ left: Deadline, _ right: Deadline) -> Bool {
        switch (left.due, right.due) {
        case (let left?, let right?): left < right
        case (nil, _?): false
        case (_?, nil): true
        case (nil, nil): false
        }
    }

    private static func french(_ date: CivilDate) -> String { date.frenchWordsWithWeekday }

    private static func count(_ number: Int, _ word: String) -> String {
        let plural = word.split(separator: " ").enumerated().map { index, part in
            number < 2 || index > 0 ? String(part) : part + "s"
        }
        return "\(number) \(plural.joined(separator: " "))"
    }

    private static func oneLine(_ quote: String) -> String {
        let words = quote.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 160 ? String(words.prefix(159)) + "…" : words
    }
}
