import Testing
import ZeroMQ

@testable import Broker

@Suite("Shares of a turn")
struct TurnSharesTests {
    private let one: CurvePublicKey
    private let two: CurvePublicKey

    init() throws {
        one = try #require(CurvePublicKey(bytes: [UInt8](repeating: 1, count: 32)))
        two = try #require(CurvePublicKey(bytes: [UInt8](repeating: 2, count: 32)))
    }

    @Test("Who speaks alone has the whole turn")
    func alone() {
        var shares = TurnShares(messages: 8)
        for _ in 1...3 {
            shares.begin()
            for _ in 1...8 {
                let isBeyond = shares.isBeyondShare(one)
                #expect(!isBeyond)
            }
        }
    }

    @Test("Beside another, in this turn or the last, it has half")
    func contended() {
        var shares = TurnShares(messages: 8)
        shares.begin()
        _ = shares.isBeyondShare(two)
        for _ in 1...2 {
            let beyond = (1...8).map { _ in shares.isBeyondShare(one) }
            #expect(beyond == [false, false, false, false, true, true, true, true])
            shares.begin()
        }
        let alone = (1...8).map { _ in shares.isBeyondShare(one) }
        #expect(!alone.contains(true))
    }
}
