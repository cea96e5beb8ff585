/// The attributes of a start tag that shape the text or tell what stands around it.
struct Attributes {
    /// How many columns and rows a cell takes.
    private(set) var columns = 1
    private(set) var rows = 1
    /// The number of a list's first item.
    private(set) var start = 1
    /// Its role (WAI-ARIA).
    private(set) var role = ""
    /// The words of its class and id, in small letters.
    private(set) var labels: [String] = []
    /// Whether it is not shown.
    private(set) var isHidden = false

    private static let most = 2_048

    init() {}

    /// The attributes in `bytes`, as written in a tag.
    init(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count > 3 else { return }
        let text = String(decoding: bytes.prefix(Self.most), as: UTF8.self).lowercased()
        var rest = Substring(text)
        while !rest.isEmpty { note(Self.attribute(&rest)) }
    }

    private mutating func note(_ attribute: (name: Substring, value: Substring)) {
        switch attribute.name {
        case "colspan": columns = min(max(Int(attribute.value) ?? 1, 1), 100)
        case "rowspan": rows = min(max(Int(attribute.value) ?? 1, 1), 1_000)
        case "start": start = Int(attribute.value) ?? 1
        case "role": role = String(attribute.value)
        case "class", "id": labels += attribute.value.split(whereSeparator: \.isWhitespace).map(String.init)
        case "hidden": isHidden = true
        case "style": isHidden = isHidden || attribute.value.replacing(" ", with: "").contains("display:none")
        default: break
        }
    }

    /// The next attribute, taken from `rest`: each call takes at least one character.
    private static func attribute(_ rest: inout Substring) -> (name: Substring, value: Substring) {
        rest = rest.drop { $0.isWhitespace || $0 == "/" || $0 == "=" }
        let name = rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != "/" }
        rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
        guard rest.first == "=" else { return (name, "") }
        rest = rest.dropFirst().drop(while: \.isWhitespace)
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            let value = rest.prefix { !$0.isWhitespace }
            rest = rest.dropFirst(value.count)
            return (name, value)
        }
        let value = rest.dropFirst().prefix { $0 != quote }
        rest = rest.dropFirst(value.count + 2)
        return (name, value)
    }
}
