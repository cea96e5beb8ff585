import Deliberations
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Register

@Suite("Copies of a register", .enabled(if: PostgreSQLServer.programs != nil))
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
}
