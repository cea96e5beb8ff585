import JSONCodec
import Testing

/// A text that is no ``Form``, and why.
struct BadText: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let reason: JSONError.Reason?

    init(_ name: String, _ text: String, _ reason: JSONError.Reason? = nil) {
        self.init(name, Array(text.utf8), reason)
    }

    init(_ name: String, _ bytes: [UInt8], _ reason: JSONError.Reason? = nil) {
        self.name = name
        self.bytes = bytes
        self.reason = reason
    }

    /// A text that is well but for the value of one member.
    static func member(_ member: String, _ value: String, _ reason: JSONError.Reason? = nil) -> BadText {
        BadText("\(member): \(value)", text(member, Array(value.utf8)), reason)
    }

    static func text(_ member: String, _ value: [UInt8]) -> [UInt8] {
        let good = ["id": "\"\"", "count": "0", "isOpen": "true", "list": "[]"]
        let others = good.filter { $0.key != member }.map { "\"\($0.key)\":\($0.value)" }.sorted()
        return Array("{\(others.joined(separator: ",")),\"\(member)\":".utf8) + value + Array("}".utf8)
    }

    var testDescription: String { name }
}

@Suite("What the codec refuses")
struct RefusalTests {
    private static let good = #"{"id":"","count":0,"isOpen":true,"list":[]}"#

    private static let documents: [BadText] = [
        BadText("nothing", "", .truncated), BadText("white space", " \n", .truncated),
        BadText("an array", "[]", .expected("\"{\"")), BadText("null", "null", .expected("\"{\"")),
        BadText("trailing bytes", good + "x", .trailing), BadText("two documents", good + good, .trailing),
        BadText("a trailing NUL", good + "\0", .trailing), BadText("a comment", "/**/" + good),
        BadText("a byte order mark", [0xEF, 0xBB, 0xBF] + Array(good.utf8)),
        BadText("UTF-16", good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
        BadText("UTF-16 with its mark", [0xFF, 0xFE] + good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
        BadText("a trailing comma", #"{"id":"","count":0,"isOpen":true,"list":[],}"#),
        BadText("a missing comma", #"{"id":"" "count":0,"isOpen":true,"list":[]}"#),
        BadText("a leading comma", #"{,"id":"","count":0,"isOpen":true,"list":[]}"#),
        BadText("a missing colon", #"{"id" "","count":0,"isOpen":true,"list":[]}"#),
        BadText("a bare name", #"{id:"","count":0,"isOpen":true,"list":[]}"#),
        BadText("a single quote", #"{'id':"","count":0,"isOpen":true,"list":[]}"#),
        BadText("a missing member", #"{"id":"","isOpen":true,"list":[]}"#, .missing("count")),
        BadText("all members missing", "{}", .missing("id")),
        BadText("a member twice", #"{"id":"","id":"","count":0,"isOpen":true,"list":[]}"#, .duplicate("id")),
        BadText(
            "an optional member twice", String(good.dropLast()) + #","note":null,"note":null}"#, .duplicate("note")),
        BadText(
            "an unknown name that is no UTF-8",
            Array("{\"".utf8) + [0xFF] + Array("\":0,".utf8) + Array(good.utf8.dropFirst()), .badString),
    ]

    private static let values: [BadText] = [
        .member("count", "1.0", .badInteger), .member("count", "1e3", .badInteger),
        .member("count", "1E0", .badInteger),
        .member("count", "9223372036854775808", .badInteger), .member("count", "-9223372036854775809", .badInteger),
        .member("count", "99999999999999999999999999", .badInteger), .member("count", "01", .badInteger),
        .member("count", "-", .badInteger), .member("count", "-01", .badInteger), .member("count", "+1", .badInteger),
        .member("count", "\"1\"", .badInteger), .member("count", "null", .badInteger), .member("count", "NaN"),
        .member("count", "0x10"), .member("count", "true"), .member("count", "１"),
        .member("isOpen", "1", .expected("true or false")), .member("isOpen", "\"true\""), .member("isOpen", "True"),
        .member("isOpen", "tru"), .member("isOpen", "truex"), .member("isOpen", "null"),
        .member("id", "1"), .member("id", "null"), .member("id", "[]"), .member("id", "\"\t\"", .badString),
        .member("id", "\"\n\"", .badString), .member("id", #""\x""#, .badString),
        .member("id", #""\u12G4""#, .badString),
        .member("id", #""\u12""#, .badString), .member("id", #""\ud800""#, .badString),
        .member("id", #""\udc00""#, .badString), .member("id", #""\ud800\ud800""#, .badString),
        .member("id", #""\ud800x""#, .badString), .member("id", #""\ud800\n""#, .badString),
        .member("id", #""\U0041""#, .badString), .member("id", "\"abc", .truncated),
        .member("id", #""abc\""#, .truncated),
        .member("list", "{}"), .member("list", "[1,]"), .member("list", "[,1]"), .member("list", "[1 2]"),
        .member("list", "[1"), .member("list", "[[1]]"), .member("list", "[null]"), .member("list", "1"),
        .member("inner", "{}", .missing("colour")),
        .member("inner", #"{"colour":"blue"}"#, .unacceptable("\"blue\" is no Colour")),
        .member("inner", #"{"colour":"Red"}"#), .member("inner", "\"red\""), .member("inner", "nul"),
        .member("later", "nulx"), .member("later", "01"), .member("later", "1."), .member("later", ".5"),
        .member("later", "1e"), .member("later", "--1"), .member("later", "1.2.3"), .member("later", "1e5e5"),
        .member("later", "+1"), .member("later", "]"), .member("later", "[1,,2]"), .member("later", #"{"a"}"#),
        .member("later", #"{"a":1,}"#), .member("later", #"["\ud800"]"#, .badString), .member("later", "Infinity"),
    ]

    private static let wrongUTF8: [BadText] = [
        [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE0, 0x80, 0xAF],
    ].map { bytes in
        BadText("UTF-8 \(bytes)", BadText.text("id", [0x22] + bytes + [0x22]), .badString)
    }

    @Test("A text that is no form is refused with its reason", arguments: documents + values + wrongUTF8)
    func refused(_ bad: BadText) throws {
        let error = try #require(throws: JSONError.self) { try Form(json: bad.bytes) }
        if let reason = bad.reason { #expect(error.reason == reason) }
        #expect((0...bad.bytes.count).contains(error.offset))
        #expect("\(error)".contains("byte \(error.offset)"))
    }

    @Test("A text that ends early is refused wherever it ends")
    func truncated() throws {
        let text = Array(
            #"{"id":"é\u00e9","count":-12,"isOpen":true,"list":[1,2],"inner":{"colour":"red"},"x":[1.5e3,null,{}]}"#
                .utf8)
        #expect(throws: Never.self) { try Form(json: text) }
        for length in 0..<text.count {
            #expect(throws: JSONError.self) { try Form(json: Array(text[..<length])) }
        }
    }
}
