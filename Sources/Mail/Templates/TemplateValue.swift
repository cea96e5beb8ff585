import Mustache

/// What a template can print: the bridge between typed views and Mustache.
indirect enum TemplateValue: Sendable {
    /// One line of text; the empty text counts as absent in `{{#name}}` and `{{^name}}`.
    case text(String)
    case flag(Bool)
    case list([TemplateValue])
    case record([String: TemplateValue])

    /// The longest text that a template gets, in characters.
    static let textLimit = 2000

    /// A text printed as it was written, on one line.
    static func literal(_ text: String?) -> TemplateValue {
        .text(oneLine(text ?? ""))
    }

    /// A sentence that a program composed: French typography is applied.
    static func composed(_ text: String?) -> TemplateValue {
        .text(FrenchTypography.polished(oneLine(text ?? "")))
    }

    /// A composed sentence or a date at the beginning of a line, without its full stop: templates write it.
    static func title(_ text: String?) -> TemplateValue {
        let sentence = FrenchTypography.polished(oneLine(text ?? ""))
        let open = sentence.withoutFullStop
        return .text(open.prefix(1).uppercased() + open.dropFirst())
    }

    /// `view`'s record, or absent.
    static func optional<View>(_ view: View?, _ record: (View) -> TemplateValue) -> TemplateValue {
        view.map(record) ?? .text("")
    }

    /// What Mustache walks. Texts are escaped here and not by Mustache, which escapes whole Swift characters only.
    func rendered(asHTML isHTML: Bool) -> Any {
        switch self {
        case .text(let text): TemplateText(isHTML ? HTMLText.escaped(text) : text)
        case .flag(let flag): flag
        case .list(let values): values.map { $0.rendered(asHTML: isHTML) }
        case .record(let fields): fields.mapValues { $0.rendered(asHTML: isHTML) }
        }
    }

    private static func oneLine(_ text: String) -> String {
        let line = text.unicodeScalars.split { scalar in
            scalar == " " || scalar.properties.generalCategory == .control || scalar == "\u{2028}"
                || scalar == "\u{2029}"
        }.map { String($0) }.joined(separator: " ")
        return line.cut(to: textLimit)
    }
}

/// A text without children: `{{.}}` prints it, and an inner name is looked up further out.
private struct TemplateText: MustacheCustomRenderable, MustacheParent {
    private let content: String

    init(_ content: String) { self.content = content }

    var renderText: String { content }
    var isNull: Bool { content.isEmpty }
    func child(named: String) -> Any? { nil }
}

/// The names that a template may use, drawn from a view in which everything is filled in.
struct TemplateVocabulary: Sendable {
    private(set) var names: [String: TemplateVocabulary] = [:]

    init(_ value: TemplateValue) {
        switch value {
        case .text, .flag: break
        case .list(let values): for value in values { merge(TemplateVocabulary(value)) }
        case .record(let fields): names = fields.mapValues(TemplateVocabulary.init)
        }
    }

    /// The same, where two lists of one kind of item offer the names of both.
    func joining(_ left: String, _ right: String) -> TemplateVocabulary {
        guard var both = names[left], let other = names[right] else { return self }
        both.merge(other)
        var joined = self
        joined.names[left] = both
        joined.names[right] = both
        return joined
    }

    private mutating func merge(_ other: TemplateVocabulary) {
        for (name, vocabulary) in other.names {
            if names[name] == nil { names[name] = vocabulary } else { names[name]?.merge(vocabulary) }
        }
    }
}
