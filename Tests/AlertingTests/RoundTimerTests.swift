import Deadlines
import Testing

@testable import Alerting

@Suite("When the next round is made")
struct RoundTimerTests {
    let start = ContinuousClock.now
    let wall = moment("2025-03-12")

    @Test("The first round is due at once, the next when its time has come and not before")
    func waits() {
        var timer = RoundTimer(now: start)
        #expect(timer.isDue(at: start))
        timer.wait(until: wall + 7, wallClock: wall, now: start)
        #expect(!timer.isDue(at: start + .milliseconds(6_999)) && timer.isDue(at: start + .seconds(7)))
        timer.wait(until: wall + -100, wallClock: wall, now: start)
        #expect(timer.isDue(at: start))
    }

    @Test(
        "However the clock steps, the register is looked at again within a minute",
        arguments: [-86_400 * 400, -1, 0, 5])
    func stepsBack(step: Int) {
        var timer = RoundTimer(now: start)
        var (now, clock) = (start, wall)
        timer.wait(until: wall + 20, wallClock: clock, now: now)
        clock = clock + step
        now += .seconds(60)
        #expect(timer.isDue(at: now))
        timer.wait(until: wall + 20, wallClock: clock, now: now)
        #expect(timer.isDue(at: now + .seconds(60)))
    }

    @Test("With nothing to come the register is looked at all the same")
    func idles() {
        var timer = RoundTimer(now: start)
        timer.wait(until: nil, wallClock: wall, now: start)
        #expect(!timer.isDue(at: start + .seconds(1)) && timer.isDue(at: start + .seconds(60)))
    }
}
