import CodecTestSupport
import GreffierProtocol
import JSONCodec
import Testing

@Suite("The headers of the protocol")
struct HeaderTests {
    @Test("Our codec and Foundation's agree about every header, whichever members it has", arguments: HeaderKind.all)
    func agreement(_ kind: HeaderKind) throws {
        func check<Header: TwiceCodable>(_ type: Header.Type) throws {
            for choice in SampleWriter.Choice.allCases {
                var samples = SampleWriter(of: type, choice, seed: UInt64(kind.schema.utf8.count))
                for _ in 0..<40 { #expect(try disagreement(about: type, samples.sample()) == nil) }
            }
        }
        try check(kind.type)
    }

    @Test("A header that lacks a member it must have is refused by its name", arguments: HeaderKind.all)
    func missing(_ kind: HeaderKind) throws {
        func check<Header: TwiceCodable>(_ type: Header.Type) throws {
            var definitions = JSONSchemaDefinitions()
            _ = Header.schema(in: &definitions)
            guard case .object(let members)? = definitions.definitions["\(type)"] else { return }
            let first = members.first { $0.isRequired }
            guard let first else {
                #expect(throws: Never.self) { try Header(json: Array("{}".utf8)) }
                return
            }
            let error = #expect(throws: JSONError.self) { try Header(json: Array("{}".utf8)) }
            #expect(error?.reason == .missing(first.name))
        }
        try check(kind.type)
    }

    @Test("A mutated header is read or refused, and what is read is written and read again", arguments: HeaderKind.all)
    func mutations(_ kind: HeaderKind) throws {
        func check<Header: TwiceCodable>(_ type: Header.Type) throws {
            var random = SeededRandom(11)
            var samples = SampleWriter(of: type, .random, seed: 12)
            for index in 0..<600 {
                let text = index % 6 == 0 ? noise(using: &random) : mutated(samples.sample(), using: &random)
                guard let header = try? Header(json: text) else { continue }
                #expect(try Header(json: header.jsonBytes()) == header)
            }
        }
        try check(kind.type)
    }

    @Test("The schema in protocol/schema is what the code makes", arguments: HeaderKind.all)
    func schema(_ kind: HeaderKind) throws {
        func document<Header: JSONObject>(_ type: Header.Type) throws -> String {
            JSONSchemaDefinitions.document(
                for: type, id: "https://greffier.example/schema/1/\(kind.schema).json", title: kind.title,
                descriptions: try DocumentComments.all(in: "GreffierProtocol"))
        }
        #expect(try Repository.difference(of: "schema/\(kind.schema).json", from: document(kind.type)) == nil)
    }

    @Test("There is no schema of something that does not exist")
    func schemaFiles() throws {
        let kept = try Repository.protocolFiles(in: "schema")
        #expect(kept == (HeaderKind.all.map { "\($0.schema).json" } + ["extract.json", "report.json"]).sorted())
    }
}

@Suite("BoundedText")
struct BoundedTextTests {
    private static let texts: [String] = {
        let units = ["a", "é", "€", "😀", "e\u{301}", "👩‍👩‍👧", "\u{301}"]
        return units.flatMap { unit in
            [990, 996, 997, 998, 999, 1_000, 1_001, 1_002, 1_003, 1_100, 5_000].flatMap { length in
                (0..<4).map { shift in
                    String(repeating: "x", count: shift)
                        + String(repeating: unit, count: max(0, length - shift) / unit.utf8.count)
                }
            }
        }
    }()

    @Test(
        "A text is kept whole up to 1,000 bytes; a longer one keeps as many whole scalars as leave room for …",
        arguments: texts)
    func cut(_ text: String) {
        let bounded = BoundedText(text).text
        guard text.utf8.count > 1_000 else {
            #expect(bounded == text)
            return
        }
        let kept = bounded.unicodeScalars.dropLast()
        #expect(bounded.unicodeScalars.last == "…")
        #expect(Array(kept) == Array(text.unicodeScalars.prefix(kept.count)))
        let keptBytes = bounded.utf8.count - 3
        let next = text.unicodeScalars.dropFirst(kept.count).first.map { String($0).utf8.count } ?? 0
        #expect(keptBytes <= 997 && keptBytes + next > 997)
    }

    @Test("A text that was cut stays as it is when it is cut again")
    func idempotent() {
        let once = BoundedText(String(repeating: "😀", count: 400))
        #expect(BoundedText(once.text) == once)
    }

    @Test("Any text is within the limit and valid, whatever it is made of")
    func random() {
        var random = SeededRandom(5)
        for _ in 0..<200 {
            let text = random.string(upTo: 900)
            let bounded = BoundedText(text).text
            #expect(bounded.utf8.count <= BoundedText.maximumBytes)
            #expect(text.utf8.count > BoundedText.maximumBytes || bounded == text)
        }
    }

    @Test("A long text read from JSON is cut too, and a literal")
    func reading() throws {
        let long = String(repeating: "é", count: 3_000)
        let header = try Bye(json: Array(#"{"reason":"\#(long)"}"#.utf8))
        #expect(header.reason?.text.utf8.count == 999)
        #expect(BoundedText(stringLiteral: long).text.hasSuffix("…"))
    }
}

@Suite("DocumentID")
struct DocumentIDTests {
    @Test("The id of no bytes and of abc are the SHA-256 of FIPS 180-4")
    func known() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(DocumentID(of: []).description == empty)
        #expect(DocumentID(of: Array("abc".utf8)).description == abc)
        #expect(DocumentID(jsonString: abc) == DocumentID(of: Array("abc".utf8)))
        #expect(DocumentID(of: Array("abc".utf8)) < DocumentID(of: []))
    }

    @Test(
        "Anything but 64 lower-case hexadecimal digits is no id",
        arguments: [
            "", "abc", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
            String(repeating: "A", count: 64),
            String(repeating: "g", count: 64), String(repeating: "0", count: 63) + "é",
            String(repeating: "0", count: 63) + "\n",
            " " + String(repeating: "0", count: 63), "0x" + String(repeating: "0", count: 62),
            String(repeating: "０", count: 64),
        ])
    func refused(_ text: String) {
        #expect(DocumentID(jsonString: text) == nil)
    }
}
