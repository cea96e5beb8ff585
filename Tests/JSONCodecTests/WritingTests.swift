import CodecTestSupport
import Foundation
import JSONCodec
import Testing

@Suite("What the codec writes")
struct WritingTests {
    @Test(
        "An integer is written in its digits and read as itself",
        arguments: [0, 1, -1, 9, 10, -10, 1 << 53, .max, .min, .max - 1, .min + 1])
    func integers(_ number: Int) throws {
        var form = Form()
        form.count = number
        let text = form.jsonBytes()
        #expect(String(decoding: text, as: UTF8.self) == #"{"id":"","count":\#(number),"isOpen":false,"list":[]}"#)
        #expect(try Form(json: text).count == number)
    }

    @Test("Quotes, backslashes and control characters are escaped, and nothing else")
    func escapes() throws {
        var form = Form()
        form.id = "\"\\/\n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}é\u{2028}😀"
        let text = String(decoding: form.jsonBytes(), as: UTF8.self)
        #expect(text.contains(#""\"\\/\n\r\t\u0008\u000c\u0000\u001f"# + "\u{7f}é\u{2028}😀\""))
    }

    @Test("Any string is read as it was written, by Foundation too, scalar by scalar")
    func strings() throws {
        var random = SeededRandom(3)
        for _ in 0..<2_000 {
            var form = Form()
            form.id = random.string(upTo: 30)
            let text = form.jsonBytes()
            let scalars = Array(form.id.unicodeScalars)
            #expect(try Array(Form(json: text).id.unicodeScalars) == scalars)
            #expect(try Array(JSONDecoder().decode(Form.self, from: Data(text)).id.unicodeScalars) == scalars)
        }
    }
}

@Suite("What the codec says of a type as a JSON Schema")
struct SchemaTests {
    @Test("A schema names members, required ones and nested types, and describes what has a description")
    func schema() throws {
        let text = JSONSchemaDefinitions.document(
            for: Form.self, id: "https://greffier.example/form", title: "Form",
            descriptions: ["Form": "A form.", "Form.id": "Its \"id\"."])
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["$ref"] as? String == "#/$defs/Form")
        let definitions = try #require(document["$defs"] as? [String: [String: Any]])
        #expect(definitions.keys.sorted() == ["Form", "Inner"])
        let form = try #require(definitions["Form"])
        #expect(form["description"] as? String == "A form.")
        #expect(form["required"] as? [String] == ["id", "count", "isOpen", "list"])
        let properties = try #require(form["properties"] as? [String: [String: Any]])
        #expect(properties.keys.sorted() == ["count", "id", "inner", "isOpen", "list", "note"])
        #expect(properties["id"]?["description"] as? String == "Its \"id\".")
        #expect(properties["inner"]?["$ref"] as? String == "#/$defs/Inner")
    }

    @Test("Two types with one name cannot stand in one schema")
    func collision() async {
        await #expect(processExitsWith: .failure) {
            var definitions = JSONSchemaDefinitions()
            _ = definitions.define("Row", as: Int.self) { _ in .integer }
            _ = definitions.define("Row", as: Int.self) { _ in .integer }
            _ = definitions.define("Row", as: Bool.self) { _ in .boolean }
        }
    }
}
