import GreffierProtocol
import PostgreSQLTestSupport
import Testing

@testable import Queue

@Suite("Names that peers choose", .onEveryEngine)
struct NameTests {
    /// Two ways of writing a name that a `String` takes for one.
    static let composed = "caf\u{E9}"
    static let decomposed = "cafe\u{301}"

    @Test("A name is the same only byte by byte")
    func exact() {
        #expect(Self.composed == Self.decomposed)
        #expect(ExactName(Self.composed) != ExactName(Self.decomposed))
        #expect(ExactName(Self.composed) == ExactName("caf" + "\u{E9}"))
        #expect(Set([ExactName(Self.composed), ExactName(Self.decomposed), ExactName("cafe")]).count == 3)
    }

    @Test("Sources whose names differ only in how é is written are both served, also after a restart")
    func sources() throws {
        let queue = try QueueHarness()
        let (first, second) = (Peer("first"), Peer("second"))
        queue.submit(1, source: Self.composed)
        queue.submit(2, source: Self.decomposed)
        queue.ready(first, .ingest, credit: 2)
        try queue.settle()
        #expect(Set(queue.jobs(first).map(\.id)) == [QueueHarness.id(1), QueueHarness.id(2)])
        queue.submit(3, source: Self.decomposed)
        queue.submit(4, source: Self.composed)
        try queue.settle()
        try queue.crash()
        queue.ready(second, .ingest, credit: 4, process: 2)
        try queue.settle()
        let jobs = queue.jobs(second)
        #expect(jobs.contains { $0.document.source.utf8.elementsEqual(Self.decomposed.utf8) })
        #expect(jobs.contains { $0.document.source.utf8.elementsEqual(Self.composed.utf8) })
    }

    @Test("A register whose name is written otherwise is another register")
    func registers() throws {
        let queue = try QueueHarness()
        let (first, second) = (Peer("first"), Peer("second"))
        queue.ready(first, .notify, register: Self.composed)
        queue.ready(second, .notify, process: 2, register: Self.decomposed)
        let refused = queue.take(second).contains { sent in
            if case .refused(let refused) = sent.message { refused.code == .wrongRegister } else { false }
        }
        #expect(refused)
    }
}
