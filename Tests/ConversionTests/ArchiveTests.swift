import Testing

@testable import Conversion

@Suite("ZIP archives")
struct ArchiveTests {
    private let first = "Séance du 12 mars 2031\n"
    private let second = "Séance du 13 mars 2031\n"

    @Test("The documents stand one after the other by their names, each on a page of its own", .needs(.bsdtar))
    func several() throws {
        let long = String(repeating: "dossier très long/", count: 8) + "b.txt"
        let zip = SampleZIP([
            (long, second), ("a.txt", first), ("__MACOSX/a.txt", "rien"), ("dossier/.DS_Store", "rien"),
        ])
        let document = try Converter().convert(zip.bytes)
        #expect(document.format == .zip && document.parts.map(\.name) == ["a.txt", long])
        #expect(document.utf8 == Array((first + "\n\u{0C}" + second).utf8))
        #expect(document.pageStarts == [0, first.utf8.count + 2])
        #expect(document.parts.map(\.document.utf8) == [Array(first.utf8), Array(second.utf8)])
        #expect(document.warnings.isEmpty)
    }

    @Test("What is unreadable beside readable documents is a warning; alone it is the refusal", .needs(.bsdtar))
    func unreadable() throws {
        let document = try Converter().convert(
            SampleZIP([("a.txt", Array(first.utf8)), ("b.bin", [1, 2, 0, 3])]).bytes)
        #expect(document.utf8 == Array(first.utf8) && document.warnings.map(\.code) == ["unread-part"])
        #expect(document.warnings[0].message.contains("b.bin"))
        #expect(throws: ConversionError.unreadableInside(name: "b.bin", reason: .binary(offset: 2))) {
            try Converter().convert(SampleZIP([("b.bin", [1, 2, 0, 3])]).bytes)
        }
        #expect(throws: ConversionError.nothingInside(.zip)) {
            try Converter().convert(SampleZIP([(".cache", "rien")]).bytes)
        }
    }

    @Test("What this host cannot read makes the whole archive wait", .needs(.bsdtar))
    func missingTool() {
        let zip = SampleZIP([("a.txt", first), ("b.doc", "\u{10}")])
        var files = zip.files
        files[1].content = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]
        let tools = ToolRunner(ProgramFolders([]), isolation: .none)
        #expect(throws: ConversionError.missingTool(.bsdtar)) { try Converter(tools: tools).convert(zip.bytes) }
        var budget = Budget(ConversionLimits())
        let members = try? ArchiveReading(tools: .standard).members(of: SampleZIP(files).bytes, &budget)
        #expect(members?.map(\.name) == ["a.txt", "b.doc"])
    }

    @Test("Archives of too many files, too many bytes, too deep, encrypted or damaged are refused", .needs(.bsdtar))
    func refused() {
        var limits = ConversionLimits()
        limits.archiveFiles = 3
        limits.archiveBytes = 5_000
        let converter = Converter(limits: limits)
        let many = SampleZIP((1...4).map { ("\($0).txt", first) })
        #expect(throws: ConversionError.tooManyFiles(limit: 3)) { try converter.convert(many.bytes) }
        for size in [5_001, 200_000] {
            let large = SampleZIP([("a.txt", [UInt8](repeating: 65, count: size))])
            #expect(throws: ConversionError.archiveTooLarge(limit: 5_000)) { try converter.convert(large.bytes) }
        }
        var nested = SampleZIP([("a.txt", first)]).bytes
        for _ in 0..<3 { nested = SampleZIP([("n.zip", nested)]).bytes }
        #expect(throws: ConversionError.nestedTooDeep(limit: 3)) { try Converter().convert(nested) }
        var encrypted = SampleZIP([("a.txt", first)])
        encrypted.isEncrypted = true
        #expect(throws: ConversionError.encrypted(.zip)) { try converter.convert(encrypted.bytes) }
        let error = #expect(throws: ConversionError.self) { try converter.convert(Array(many.bytes.prefix(40))) }
        #expect(error?.code == "damaged-document", "\(String(describing: error))")
    }

    @Test("An archive in an archive is read, and what is unreadable in it is told under both names", .needs(.bsdtar))
    func nested() throws {
        let zip = SampleZIP([
            ("n.zip", SampleZIP([("a.txt", Array(first.utf8)), ("c.bin", [1, 2, 0])]).bytes),
            ("b.txt", Array(second.utf8)),
        ])
        let document = try Converter().convert(zip.bytes)
        #expect(document.parts.map(\.name) == ["b.txt", "a.txt"])
        #expect(document.unread == [.init(name: "n.zip/c.bin", reason: .binary(offset: 2))])
        #expect(document.warnings.map(\.part) == ["n.zip/c.bin"] && document.warnings[0].reason == "binary-document")
    }

    @Test("A member that is not what its checksum says is refused by its name", .needs(.bsdtar))
    func checksum() throws {
        var archive = SampleZIP([("a.txt", first), ("b.txt", second)]).bytes
        let place = try #require(archive.firstIndex(of: UInt8(ascii: "1")))
        archive[place] = UInt8(ascii: "7")
        let error = #expect(throws: ConversionError.self) { try Converter().convert(archive) }
        #expect(error?.code == "damaged-document" && error?.description.contains("a.txt") == true)
        #expect(Checksum32.of(Array("123456789".utf8)[...]) == 0xCBF4_3926)
    }

    @Test("Any damage to an archive is refused, or leaves every file as it was", .needs(.bsdtar))
    func damage() throws {
        var random = SeededGenerator(state: 9)
        let archive = SampleZIP([("a.txt", first), ("b.txt", second)]).bytes
        let whole = try Converter().convert(archive)
        for _ in 0..<60 {
            var damaged = archive
            let place = Int.random(in: 4..<archive.count, using: &random)
            damaged[place] ^= UInt8.random(in: 1...255, using: &random)
            guard let document = try? Converter().convert(damaged), document.format == .zip else { continue }
            let texts = Set(document.parts.map(\.document.utf8))
            #expect(texts.isSubset(of: Set(whole.parts.map(\.document.utf8))), "byte \(place)")
        }
    }

    @Test("What a ZIP is, its own list says and not what lies in its members")
    func innerDocuments() {
        let docx = SampleOffice.docx(paragraphs: ["Vu"], table: [])
        let sheet = SampleZIP([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]).bytes
        for inner in [docx, sheet, SampleOffice.odt(paragraphs: ["Vu"])] {
            let zip = SampleZIP([("pièces/acte.bin", inner), ("note.txt", Array(first.utf8))]).bytes
            #expect(DocumentFormat.sniffed(in: zip) == .zip)
        }
        #expect(DocumentFormat.sniffed(in: docx) == .docx)
        #expect(DocumentFormat.sniffed(in: Array(docx.dropLast(30))) == .docx)
        #expect(DocumentFormat.sniffed(in: SampleZIP([("word/document.xml", first)]).bytes) == .zip)
    }

    @Test("Members stand in the order in which people number pages, their names fit to be shown", .needs(.bsdtar))
    func names() throws {
        let names = ["page 10.txt", "page 2.txt", "page 1.txt", "a\u{1B}[2J\u{202E}b.txt"]
        let document = try Converter().convert(SampleZIP(names.map { ($0, first) }).bytes)
        #expect(
            document.parts.map(\.name)
                == ["a\u{FFFD}[2J\u{FFFD}b.txt", "page 1.txt", "page 2.txt", "page 10.txt"])
    }

    @Test("Any damage to a tar stream ends it without a crash")
    func damagedStream() {
        var random = SeededGenerator(state: 5)
        var header = [UInt8](repeating: 0, count: 512)
        header.replaceSubrange(0..<5, with: Array("a.txt".utf8))
        header.replaceSubrange(124..<135, with: Array("00000000600".utf8))
        header[156] = 0x30
        let stream = header + [UInt8](repeating: 65, count: 512) + header + [UInt8](repeating: 66, count: 512)
        #expect(TarStream(stream).map(\.content.count) == [384, 384])
        for _ in 0..<2_000 {
            var damaged = stream
            for _ in 0..<4 {
                damaged[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let files = Array(TarStream(Array(damaged.prefix(Int.random(in: 0...stream.count, using: &random)))))
            #expect(files.count <= 2)
        }
    }
}
