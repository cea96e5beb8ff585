import GreffierProtocol
import PostgreSQLTestSupport
import Storage
import Testing

@testable import Queue

@Suite("A store that does not answer", .onEveryEngine)
struct StoreSilenceTests {
    let clerk = Peer("clerk")
    let pusher = Peer("pusher")

    private func broker() throws -> QueueHarness {
        var settings = QueueHarness.quick
        settings.storePatience = 3_000
        return try QueueHarness(settings: settings)
    }

    private func status(_ queue: QueueHarness) throws -> MessageFromBroker? {
        queue.feed(.message(clerk, .status(StatusRequest(request: 7)), payload: []))
        return queue.take(clerk).last?.message
    }

    @Test("Who asks is told at once and since when; who pushes is to come again; nothing of it is done")
    func told() throws {
        let queue = try broker()
        queue.submit(1)
        #expect(try status(queue) == nil)
        queue.advance(12_000)
        guard case .refused(let refused)? = try status(queue) else {
            Issue.record("not refused")
            return
        }
        #expect(refused.code == .storeFailing && refused.request == 7)
        #expect(refused.message.text.contains("not answered for 12 s"))
        queue.submit(2)
        guard case .busy(let busy)? = queue.take(pusher).last?.message else {
            Issue.record("not busy")
            return
        }
        #expect(busy.id == QueueHarness.id(2) && busy.reason.text.hasPrefix("the store"))
        try queue.settle()
        #expect(try queue.state(1) == .waiting && queue.state(2) == nil)
        _ = try status(queue)
        try queue.settle()
        guard case .status? = queue.take(clerk).last?.message else {
            Issue.record("no status")
            return
        }
    }

    @Test("Attempts that fail for want of a server end no absence; the first answer does")
    func failing() throws {
        let queue = try broker()
        queue.submit(1)
        queue.advance(4_000)
        queue.failNextBatch = .unreachable(server: "test", message: "away")
        try queue.settle()
        guard case .refused? = try status(queue) else {
            Issue.record("not refused")
            return
        }
        queue.advance(1_000)
        try queue.settle()
        if queue.engine.isSQLite { return }
        // The next question to the store is the beat's.
        _ = try status(queue)
        try queue.settle()
        guard case .status? = queue.take(clerk).last?.message else {
            Issue.record("no status")
            return
        }
    }
}
