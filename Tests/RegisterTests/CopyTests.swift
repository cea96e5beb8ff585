import Deliberations
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("Copies of a register", .serialized, .enabled(if: PostgreSQLServer.programs != nil))
struct RegisterCopyTests {
    private func folder(onServer: Bool) throws -> TemporaryFolder {
        guard onServer else { return TemporaryFolder() }
        let server = try #require(PostgreSQLServer.shared)
        return TestEngine.$current.withValue(.postgreSQL(server)) { TemporaryFolder() }
    }

    @Test("To PostgreSQL and back: every row and every body, under the same id")
    func thereAndBack() throws {
        let source = try folder(onServer: false)
        let register = try Register(source.place)
        for number in 1...60 {
            var document = SampleDocument(name: "\(number).pdf")
            document.acts = [act("Subvention \(number)", "2024-\(number)")]
            document.deadlines = [deadline("compte-rendu", due: "2025-04-30")]
            try register.register(document)
        }
        let server = try folder(onServer: true)
        let rows = try RegisterCopy(from: source.place, to: server.place).run()
        let back = try folder(onServer: false)
        #expect(try RegisterCopy(from: server.place, to: back.place).run() == rows)
        for place in [try server.place, try back.place] {
            let copy = try Register(place)
            #expect(copy.id == register.id)
            #expect(try copy.acts().count == 60)
            #expect(try copy.inspect().isSound)
            let query = try #require(SearchQuery("subvention 17"))
            #expect(try copy.search(query).map(\.number?.text) == ["2024-17"])
            try copy.register(SampleDocument(name: "new.pdf"))
        }
        #expect(throws: CopyError.self) { try RegisterCopy(from: source.place, to: back.place).run() }
    }

    /// A register with documents, in a folder or on the server.
    private func filled(onServer: Bool) throws -> (place: RegisterPlace, folder: TemporaryFolder) {
        let folder = try folder(onServer: onServer)
        let register = try Register(folder.place)
        for number in 1...3 {
            var document = SampleDocument(name: "\(number).pdf")
            document.acts = [act("Subvention \(number)", "2024-\(number)")]
            try register.register(document)
        }
        return (try folder.place, folder)
    }

    @Test("A copy that ended before its queue's did is compared when it is run again, and refused once it is another")
    func runAgain() throws {
        let (source, target) = (try filled(onServer: false), try folder(onServer: true))
        let rows = try RegisterCopy(from: source.place, to: target.place).run()
        #expect(try RegisterCopy(from: source.place, to: target.place).run() == rows)
        try Register(target.place).register(SampleDocument(name: "new.pdf"))
        #expect(throws: CopyError.self) { try RegisterCopy(from: source.place, to: target.place).run() }
    }

    @Test("The beginning of a copy is opened by nobody but the copy that goes on", arguments: [false, true])
    func underWay(onServer: Bool) throws {
        let (source, target) = (try filled(onServer: !onServer), try folder(onServer: onServer))
        struct Interruption: Error {}
        #expect(throws: Interruption.self) {
            try RegisterCopy(from: source.place, to: target.place).run { _ in throw Interruption() }
        }
        #expect(throws: CopyError.self) { _ = try Register(target.place) }
        #expect(throws: CopyError.self) { _ = try Register(reading: target.place) }
        _ = try RegisterCopy(from: source.place, to: target.place).run()
        #expect(try Register(target.place).acts().count == 3)
    }

    @Test("While a notify worker works on either, nothing is copied, and none begins while something is")
    func inUse() throws {
        let (source, target) = (try filled(onServer: false), try folder(onServer: false))
        var use = try Register(source.place).use()
        #expect(throws: CopyError.self) { _ = try RegisterCopy(from: source.place, to: target.place) }
        #expect(use != nil)
        use = nil
        let copy = try RegisterCopy(from: source.place, to: target.place)
        #expect(throws: CopyError.self) { _ = try Register(source.place).use() }
        #expect(try copy.run() > 0)
    }

    @Test("On PostgreSQL a notify worker is known by the name of its connection")
    func inUseOnServer() throws {
        let (source, target) = (try filled(onServer: true), try folder(onServer: false))
        guard case .server(let address, let schema) = source.place else { return }
        let worker = try SQLDatabase(address, schema: schema)
        try worker.write { try $0.execute("SET application_name TO 'greffier-notify'") }
        #expect(throws: CopyError.self) { _ = try RegisterCopy(from: source.place, to: target.place) }
        try worker.close()
        #expect(try RegisterCopy(from: source.place, to: target.place).run() > 0)
    }
}
