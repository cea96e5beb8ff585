import Testing
import ZeroMQ

@testable import Broker

@Suite("Offences")
struct OffencesTests {
    private let key: CurvePublicKey
    private let other: CurvePublicKey

    init() throws {
        key = try #require(CurvePublicKey(bytes: [UInt8](repeating: 1, count: 32)))
        other = try #require(CurvePublicKey(bytes: [UInt8](repeating: 2, count: 32)))
    }

    @Test("Whoever goes on against refusals is sent away, each time for longer, and nobody else is")
    func bans() {
        var offences = Offences()
        var now = 0
        var lengths: [Int] = []
        while lengths.count < 8 {
            now += 1
            if let end = offences.note(key, .refused(bytes: 0), now: now) {
                lengths.append(end - now)
                now = end
            }
        }
        #expect(lengths == [10, 20, 40, 80, 160, 320, 320, 320].map { $0 * 1_000 })
        #expect(offences.note(other, .refused(bytes: 0), now: now) == nil)
    }

    @Test("Whoever fills the memory is sent away at once, and each time for longer")
    func floods() {
        var offences = Offences()
        var now = 0
        let lengths = (1...6).map { _ in
            let length = offences.note(key, .flood, now: now).map { $0 - now } ?? 0
            now += length
            return length
        }
        #expect(lengths == [30, 60, 120, 240, 320, 320].map { $0 * 1_000 })
    }

    @Test("Several connections of one key that are cut together are one offence")
    func together() {
        var offences = Offences()
        #expect((1...3).map { _ in offences.note(key, .flood, now: 5) } == [30_005, nil, nil])
        #expect(offences.note(key, .flood, now: 30_005) == 90_005)
    }

    @Test("Who is refused now and then is never sent away")
    func patience() {
        var offences = Offences()
        for second in 0..<3_600 {
            for _ in 0..<150 { #expect(offences.note(key, .refused(bytes: 10_000), now: second * 1_000) == nil) }
        }
    }

    @Test("Large messages in vain count for more")
    func size() {
        var offences = Offences()
        let counts = (1...20).filter { _ in offences.note(key, .refused(bytes: 16 << 20), now: 0) != nil }
        #expect(counts.first == 8)
    }

    @Test("A ban long ago counts no more")
    func forgiveness() throws {
        var offences = Offences()
        var ends: [Int] = []
        for start in [0, 10_000_000] {
            for _ in 0...Offences.allowance {
                if let end = offences.note(key, .busy, now: start) { ends.append(end - start) }
            }
        }
        #expect(ends == [10_000, 10_000])
    }
}
