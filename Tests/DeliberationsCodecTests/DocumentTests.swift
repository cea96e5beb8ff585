import CodecTestSupport
import Deliberations
import Digest
import Foundation
import JSONCodec
import Testing

@Suite("Extract and Report")
struct DocumentTests {
    @Test("Our codec and Foundation's agree about Extracts and Reports", arguments: SampleWriter.Choice.allCases)
    func agreement(_ choice: SampleWriter.Choice) throws {
        var extracts = SampleWriter(of: Extract.self, choice, seed: 1)
        var reports = SampleWriter(of: Report.self, choice, seed: 2)
        for _ in 0..<12 {
            #expect(try disagreement(about: Extract.self, extracts.sample()) == nil)
            #expect(try disagreement(about: Report.self, reports.sample()) == nil)
        }
    }

    @Test("A mutated Extract or Report is read or refused, and what is read is written and read again")
    func mutations() throws {
        var random = SeededRandom(31)
        let extract = try Extract(json: vector("extract.json")).jsonBytes()
        let report = try Report(json: vector("report.json")).jsonBytes()
        for _ in 0..<1_500 {
            if let value = try? Extract(json: mutated(extract, using: &random)) {
                #expect(try Extract(json: value.jsonBytes()) == value)
            }
            if let value = try? Report(json: mutated(report, using: &random)) {
                #expect(try Report(json: value.jsonBytes()) == value)
            }
        }
    }

    @Test("The golden documents are read alike by both codecs, and every member that exists is set in them")
    func golden() throws {
        let (extract, report) = (try vector("extract.json"), try vector("report.json"))
        #expect(try disagreement(about: Extract.self, extract) == nil)
        #expect(try disagreement(about: Report.self, report) == nil)
        var coverage = MemberCoverage()
        coverage.see(try Extract(json: extract))
        coverage.see(try Report(json: report))
        #expect(coverage.unset.isEmpty, "no golden document sets \(coverage.unset)")
    }

    @Test("What the codec writes of a golden document says the same, member by member")
    func nothingLost() throws {
        let extract = try vector("extract.json")
        #expect(try sameJSON(extract, Extract(json: extract).jsonBytes()))
        let report = try vector("report.json")
        #expect(try sameJSON(report, Report(json: report).jsonBytes()))
    }

    @Test("The golden documents cite and quote the golden text")
    func quotations() throws {
        let text = try vector("deliberation.txt")
        let extract = try Extract(json: vector("extract.json"))
        let report = try Report(json: vector("report.json"))
        #expect(extract.document.text == ConvertedText(sha256: SHA256Digest(of: text), bytes: text.count))
        #expect(report.document == extract.document)
        for citation in extract.provenance.citations {
            #expect(citation.range.end <= text.count)
            #expect(String(validating: text[citation.range.start..<citation.range.end], as: UTF8.self) != nil)
        }
        for evidence in report.findings.flatMap(\.evidence) + report.deadlines.flatMap(\.evidence) {
            #expect(String(decoding: text[evidence.start..<evidence.end], as: UTF8.self) == evidence.quote)
        }
    }

    @Test("The schemas of Extract and Report in protocol/schema are what the code makes")
    func schemas() throws {
        let comments = try DocumentComments.all(in: "Deliberations")
        let extract = JSONSchemaDefinitions.document(
            for: Extract.self, id: "https://greffier.example/schema/1/extract.json", title: "Extract",
            descriptions: comments)
        let report = JSONSchemaDefinitions.document(
            for: Report.self, id: "https://greffier.example/schema/1/report.json", title: "Report",
            descriptions: comments)
        #expect(try Repository.difference(of: "schema/extract.json", from: extract) == nil)
        #expect(try Repository.difference(of: "schema/report.json", from: report) == nil)
    }

    private func vector(_ name: String) throws -> [UInt8] {
        Array(try Repository.protocolPage("vectors/documents/\(name)").utf8)
    }

    private func sameJSON(_ left: [UInt8], _ right: [UInt8]) throws -> Bool {
        func value(_ text: [UInt8]) throws -> NSObject? {
            try JSONSerialization.jsonObject(with: Data(text)) as? NSObject
        }
        return try value(left) == value(right)
    }
}
