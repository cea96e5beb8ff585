import Testing

@testable import Broker

@Suite("The guard of the broker's memory")
struct MemoryGuardTests {
    @Test(
        "Below the mark nothing is done; above it connections are cut, and if that is in vain the sockets opened anew")
    func order() {
        var memory = MemoryGuard(mark: 1_000)
        for bytes in [0, 500, 1_000] { #expect(memory.measure(bytes) == nil) }
        var measures: [MemoryGuard.Measure] = []
        for _ in 0..<40 where measures.last != .reopen {
            if let measure = memory.measure(1_250) { measures.append(measure) }
        }
        #expect(measures == Array(repeating: .cut(bytes: 500), count: 10) + [.reopen])
    }

    @Test("Sockets are not opened anew again and again while memory stays high")
    func pauses() {
        var memory = MemoryGuard(mark: 1_000)
        let ticks = (0..<20_000).filter { _ in memory.measure(2_000) == .reopen }
        #expect((3...10).contains(ticks.count))
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $1 - $0 >= 100 })
    }

    @Test("A measure is given time, and a cut that helped ends it")
    func relief() {
        var memory = MemoryGuard(mark: 1_000)
        #expect(memory.measure(2_000) == .cut(bytes: 1_250))
        #expect(memory.measure(2_000) == nil)
        #expect(memory.measure(900) == nil)
        #expect(memory.measure(2_000) == .cut(bytes: 1_250))
    }

    @Test("The memory of this process is told")
    func resident() {
        #expect(MemoryGuard.residentBytes() > 1 << 20)
    }
}
