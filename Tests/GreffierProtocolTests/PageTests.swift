import CodecTestSupport
import Foundation
import GreffierProtocol
import JSONCodec
import Testing

@Suite("The pages of the specification")
struct PageTests {
    private static let names = ["README.md", "pushing.md", "states.md", "working.md", "operating.md", "errors.md"]

    private func tables(_ page: String) throws -> [PageTable] {
        PageTable.all(in: try Repository.protocolPage(page))
    }

    private func table(_ page: String, _ columns: [String]) throws -> PageTable {
        try #require(try tables(page).first { $0.columns.starts(with: columns) }, "\(page) has no table of \(columns)")
    }

    @Test("Every refusal code is described with its meaning and cure, and no other")
    func codes() throws {
        let table = try table("errors.md", ["code", "meaning", "cure"])
        #expect(table["code"] == RefusalCode.allCases.map(\.rawValue))
        #expect(!table.rows.contains { $0.count != 3 || $0.contains("") })
    }

    @Test("Every verb stands in the table of verbs, in each direction, and no other")
    func verbs() throws {
        let table = try table("README.md", ["verb", "to the"])
        func verbs(to receiver: String) -> [String] { table.rows.filter { $0[1] == receiver }.map { $0[0] } }
        #expect(verbs(to: "broker") == VerbToBroker.allCases.map(\.rawValue))
        #expect(verbs(to: "peer") == VerbFromBroker.allCases.map(\.rawValue))
    }

    @Test("The table of verbs says which schema a header has and how many payload frames follow")
    func payload() throws {
        let table = try table("README.md", ["verb", "to the"])
        for file in try VectorFile.all(in: "valid") {
            let row = try #require(table.rows.first { $0[0] == file.verb && $0[1] == file.to })
            #expect(row[2] == file.schema)
            let head = Array(try #require(file.cases.first).bytes.prefix(3))
            let accepted = (0...4).filter { count in
                file.to == "broker"
                    ? (try? MessageToBroker(frames: head, payloadCount: count)) != nil
                    : (try? MessageFromBroker(frames: head, payloadCount: count)) != nil
            }
            let said = row[3].split(separator: " ").compactMap { Int($0) }
            #expect(accepted.first == said.first && accepted.last == said.last, "\(file)")
        }
    }

    @Test("Every grammar rule's verb is a verb, and every verb is in the grammar")
    func grammar() throws {
        let page = try Repository.protocolPage("README.md")
        let quoted = page.components(separatedBy: "%s\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        let verbs = VerbToBroker.allCases.map(\.rawValue) + VerbFromBroker.allCases.map(\.rawValue)
        #expect(quoted.map(String.init).sorted() == verbs.sorted())
    }

    @Test("Every state is described, with whether it is final")
    func states() throws {
        let table = try table("states.md", ["state", "final"])
        #expect(table["state"] == DocumentState.allCases.map(\.rawValue))
        #expect(table["final"] == DocumentState.allCases.map { $0.isFinal ? "yes" : "no" })
    }

    @Test("Every transition is between states that exist, and each state is left and reached as it should be")
    func transitions() throws {
        let table = try table("states.md", ["from", "event", "to", "what else"])
        let known = Set(DocumentState.allCases.map(\.rawValue))
        var (left, reached): (Set<String>, Set<String>) = ([], [])
        for row in table.rows {
            let from = row[0].components(separatedBy: ", ")
            #expect(known.union(["(none)"]).isSuperset(of: from) && known.contains(row[2]), "\(row)")
            left.formUnion(from)
            reached.insert(row[2])
        }
        #expect(reached == known)
        #expect(known.subtracting(left).isEmpty)
        let acts = try self.table("operating.md", ["act", "from", "to"])
        for act in acts.rows {
            let rows = table.rows.filter { $0[1] == act[0] }
            #expect(
                Set(rows.flatMap { $0[0].components(separatedBy: ", ") }) == Set(act[1].components(separatedBy: ", ")))
            #expect(rows.allSatisfy { $0[2] == act[2] } && !rows.isEmpty)
        }
    }

    @Test("Every stage is described with the frames of its jobs and results")
    func stages() throws {
        let table = try table("states.md", ["stage", "job frames", "result frames"])
        #expect(table["stage"] == Stage.allCases.map(\.rawValue))
        #expect(table["job frames"] == Stage.allCases.map { "\($0.jobFrames)" })
        #expect(table["result frames"] == Stage.allCases.map { "\($0.resultFrames)" })
    }

    @Test("The limits are those of the code")
    func limits() throws {
        let table = try table("README.md", ["limit", "value"])
        let limits = [
            ProtocolLimits.frames, ProtocolLimits.headerBytes, ProtocolLimits.documentBytes, ProtocolLimits.resultBytes,
            ProtocolLimits.nameBytes, ProtocolLimits.outcomeIDs, ProtocolLimits.listedDocuments,
            BoundedText.maximumBytes, JSONReader.maximumDepth,
        ]
        #expect(table["value"] == limits.map(String.init))
        #expect(try Repository.protocolPage("README.md").contains("tag           = \"GREFFIER/\" version"))
        #expect(Wire.tag == "GREFFIER/1")
    }

    @Test("Every member of every header is described once, with whether it must be there, and no other")
    func members() throws {
        var described: [String: [String]] = [:]
        for table in try Self.names.flatMap(tables) where table.columns.starts(with: ["member", "type", "required"]) {
            #expect(described[table.heading] == nil, "\(table.heading) is described twice")
            described[table.heading] = zip(table["member"], table["required"]).map { "\($0) \($1)" }
        }
        var expected: [String: [String]] = [:]
        for kind in HeaderKind.all {
            for (name, members) in Self.objects(of: kind.type) {
                let heading = name == "\(kind.type)" ? kind.title : name
                expected[heading] = members.map { "\($0.name) \($0.isRequired ? "yes" : "no")" }
            }
        }
        #expect(described.keys.sorted() == expected.keys.sorted())
        for (heading, members) in expected { #expect(described[heading] == members, "\(heading)") }
    }

    private static func objects(of type: any JSONObject.Type) -> [(String, [JSONSchema.Member])] {
        var definitions = JSONSchemaDefinitions()
        _ = type.schema(in: &definitions)
        return definitions.definitions.compactMap { name, schema in
            if case .object(let members) = schema { (name, members) } else { nil }
        }
    }

    @Test("A page that is named by another exists")
    func links() throws {
        for name in Self.names {
            for part in try Repository.protocolPage(name).components(separatedBy: "](").dropFirst() {
                let target = part.prefix { $0 != ")" && $0 != "#" }
                #expect(target.isEmpty || Self.names.contains(String(target)), "\(name) names \(target)")
            }
        }
    }
}
