/// One `{{…}}` of a template.
struct TemplateTag {
    enum Kind {
        case variable, section, invertedSection, end, partial, comment
    }

    let kind: Kind
    let name: String
    let line: Int

    /// The tags of `source` in order.
    ///
    /// - Throws: `MailError.invalidTemplate` for an unfinished tag and for Mustache's rarer kinds, which no mail needs.
    static func tags(of source: TemplateSource) throws(MailError) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var line = 1
        var rest = source.text[...]
        while let open = rest.firstRange(of: "{{") {
            line += rest[..<open.lowerBound].count(where: \.isNewline)
            let inner = rest[open.upperBound...]
            let closing = inner.hasPrefix("{") ? "}}}" : "}}"
            guard let close = inner.firstRange(of: closing) else {
                throw .invalidTemplate(file: source.fileName, line: line, reason: "{{ is never closed; add }}")
            }
            tags.append(try tag(inner[..<close.lowerBound], line: line, source))
            line += inner[..<close.lowerBound].count(where: \.isNewline)
            rest = inner[close.upperBound...]
        }
        return tags
    }

    private static func tag(_ inner: Substring, line: Int, _ source: TemplateSource) throws(MailError) -> TemplateTag {
        let kind: Kind
        switch inner.first {
        case "#": kind = .section
        case "^": kind = .invertedSection
        case "/": kind = .end
        case ">": kind = .partial
        case "!": return TemplateTag(kind: .comment, name: "", line: line)
        case "&", "{":
            let reason = "values are always escaped in emails; write {{name}}"
            throw .invalidTemplate(file: source.fileName, line: line, reason: reason)
        case "=", "%", "$", "<", "*":
            let reason = "{{\(inner.prefix(20))}} is not supported; use {{name}}, {{#name}}, {{^name}} and {{> name}}"
            throw .invalidTemplate(file: source.fileName, line: line, reason: reason)
        default: kind = .variable
        }
        let body = kind == .variable ? inner : inner.dropFirst()
        let name = String(body.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || ".-_".contains($0) }) else {
            let reason = "{{\(inner.prefix(40))}} holds no name; use {{name}}, {{#name}}, {{^name}} and {{> name}}"
            throw .invalidTemplate(file: source.fileName, line: line, reason: reason)
        }
        return TemplateTag(kind: kind, name: name, line: line)
    }
}
