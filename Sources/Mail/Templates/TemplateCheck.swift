/// Walks every template with the names that its view offers, so that a misspelt name is found when templates are loaded.
struct TemplateCheck {
    let sources: [String: TemplateSource]

    /// - Throws: `MailError.invalidTemplate` for the first mistake.
    func run() throws(MailError) {
        let newAct = TemplateVocabulary(.list([try NewActView.sample.value, try NewActView.sessionSample.value]))
            .joining("deadlines", "waitingDeadlines")
        let mails: [(String, TemplateVocabulary)] = [
            ("new-act", newAct),
            ("reminder", TemplateVocabulary(try ReminderView.sample.value)),
            ("reminders", TemplateVocabulary(try RemindersView.sample.value)),
            ("answer", TemplateVocabulary(try AnswerView.sample.value)),
            ("changes", TemplateVocabulary(try ChangesView.sample.value)),
            ("digest", TemplateVocabulary(try DigestView.sample.value)),
            ("watch", TemplateVocabulary(try WatchView.sample.value)),
            ("alarm", TemplateVocabulary(AlarmView.sample.value)),
        ]
        for (mail, vocabulary) in mails {
            for form in ["subject", "text", "html"] {
                guard let source = sources["\(mail).\(form)"] else { continue }
                try check(source, scopes: [vocabulary], partialsAbove: [source.name])
            }
        }
    }

    private func check(
        _ source: TemplateSource, scopes: [TemplateVocabulary], partialsAbove: [String]
    ) throws(MailError) {
        var scopes = scopes
        var open: [TemplateTag] = []
        for tag in try TemplateTag.tags(of: source) {
            switch tag.kind {
            case .comment: continue
            case .variable:
                _ = try find(tag, in: scopes, source)
            case .section, .invertedSection:
                let found = try find(tag, in: scopes, source)
                open.append(tag)
                scopes.append(tag.kind == .section ? found : TemplateVocabulary(.flag(true)))
            case .end:
                guard let last = open.popLast(), last.name == tag.name else {
                    throw error(
                        source, tag,
                        "{{/\(tag.name)}} closes nothing that is open; check the pairs of {{#…}} and {{/…}}")
                }
                scopes.removeLast()
            case .partial:
                try checkPartial(tag, source, scopes: scopes, partialsAbove: partialsAbove)
            }
        }
        if let tag = open.last { throw error(source, tag, "{{#\(tag.name)}} is never closed; add {{/\(tag.name)}}") }
    }

    private func checkPartial(
        _ tag: TemplateTag, _ source: TemplateSource, scopes: [TemplateVocabulary], partialsAbove: [String]
    ) throws(MailError) {
        guard let partial = sources[tag.name] else {
            let names = sources.keys.sorted().joined(separator: ", ")
            throw error(source, tag, "there is no template \(tag.name) to include; known: \(names)")
        }
        guard !partialsAbove.contains(tag.name) else { throw error(source, tag, "\(tag.name) includes itself") }
        try check(partial, scopes: scopes, partialsAbove: partialsAbove + [tag.name])
    }

    /// The vocabulary inside `tag`: its first name may stand in any enclosing section, the next ones inside it.
    private func find(
        _ tag: TemplateTag, in scopes: [TemplateVocabulary], _ source: TemplateSource
    ) throws(MailError) -> TemplateVocabulary {
        if tag.name == "." { return scopes.last ?? TemplateVocabulary(.text("")) }
        let names = tag.name.split(separator: ".").map(String.init)
        guard let first = names.first, let scope = scopes.last(where: { $0.names[first] != nil }) else {
            throw unknown(tag, scopes, source)
        }
        var vocabulary = scope
        for name in names {
            guard let inner = vocabulary.names[name] else { throw unknown(tag, [vocabulary], source) }
            vocabulary = inner
        }
        return vocabulary
    }

    private func unknown(_ tag: TemplateTag, _ scopes: [TemplateVocabulary], _ source: TemplateSource) -> MailError {
        let known = Set(scopes.flatMap(\.names.keys)).sorted().joined(separator: ", ")
        return error(source, tag, "nothing is called \(tag.name) here; known: \(known)")
    }

    private func error(_ source: TemplateSource, _ tag: TemplateTag, _ reason: String) -> MailError {
        .invalidTemplate(file: source.fileName, line: tag.line, reason: reason)
    }
}
