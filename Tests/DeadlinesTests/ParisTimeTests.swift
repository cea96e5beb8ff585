import Deliberations
import Testing

@testable import Deadlines

@Suite("Time in Paris")
struct ParisTimeTests {
    @Test(
        "Known moments show the right clock",
        arguments: [
            (0, "1970-01-01", "01:00"), (1_727_373_600, "2024-09-26", "20:00"), (1_735_689_599, "2025-01-01", "00:59"),
            (1_743_295_800, "2025-03-30", "01:50"),  // ten minutes before summer time
            (1_743_296_400, "2025-03-30", "03:00"), (1_761_438_600, "2025-10-26", "02:30"),
            (1_761_442_200, "2025-10-26", "02:30"),  // the same hour again
            (-1, "1970-01-01", "00:59"),
        ])
    func knownMoments(seconds: Int, date: String, time: String) {
        let civil = ParisTime.civil(at: UTCInstant(secondsSince1970: seconds))
        #expect(civil.date.description == date && civil.time.description == time)
    }

    @Test("Every minute of the days around a change reads back, the doubled hour as its first")
    func changes() throws {
        for (date, doubled) in [(FictionalAct.date(2025, 3, 30), false), (FictionalAct.date(2025, 10, 26), true)] {
            for minutes in stride(from: -1_440, to: 2_880, by: 7) {
                let start = ParisTime.instant(of: date, at: TimeOfDay(wrapping: 0))
                let instant = start + minutes * 60
                let (civilDate, time) = ParisTime.civil(at: instant)
                let back = ParisTime.instant(of: civilDate, at: time)
                let isSecondTime = doubled && ParisTime.civil(at: instant + -3_600).time == time
                #expect(back == (isSecondTime ? instant + -3_600 : instant))
            }
        }
    }

    @Test("A time that is skipped in spring is read an hour later on the clock")
    func skipped() throws {
        let half = try #require(TimeOfDay(hour: 2, minute: 30))
        let instant = ParisTime.instant(of: FictionalAct.date(2025, 3, 30), at: half)
        #expect(ParisTime.civil(at: instant).time.description == "03:30")
    }

    @Test("Eight in the morning is eight on every day of ten years, in the zone's data and by the European rule")
    func mornings() throws {
        let eight = try #require(TimeOfDay(hour: 8, minute: 0))
        for offset in 0..<3_653 {
            let date = FictionalAct.date(2020, 1, 1) + offset
            let instant = ParisTime.instant(of: date, at: eight)
            #expect(ParisTime.civil(at: instant).date == date && ParisTime.civil(at: instant).time == eight)
            #expect(ParisTime.offset(at: instant) == ParisTime.europeanOffset(at: instant))
        }
    }
}
