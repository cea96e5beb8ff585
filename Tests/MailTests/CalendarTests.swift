import Foundation
import Testing

@testable import Mail

@Suite struct CalendarTests {
    private struct Parsed: Decodable {
        struct Event: Decodable {
            let uid: String
            let sequence: Int
            let stamp: String
            let start: String
            let end: String
            let status: String
            let summary: String
            let description: String
            let categories: [String]
            let organizer: String
            let triggers: [Double]
        }

        let method: String
        let name: String
        let events: [Event]
        let errors: [String]
    }

    private func parse(_ calendar: CalendarFile) throws -> Parsed {
        try Python.run("parse_calendar.py", Data(calendar.encoded()), as: Parsed.self)
    }

    @Test("The icalendar package reads back the deadline")
    func roundTrips() throws {
        let calendar = try Sample.calendar()
        let parsed = try parse(calendar)
        #expect(parsed.errors == [] && parsed.method == "PUBLISH" && parsed.name == calendar.name)
        let event = try #require(parsed.events.first)
        #expect(event.uid == "deadline-1042@greffier.grand-val.example" && event.sequence == 2)
        #expect(
            event.start == "2025-04-30" && event.end == "2025-05-01" && event.stamp.hasPrefix("2025-04-23T06:00:00"))
        #expect(event.status == "TENTATIVE" && event.organizer == "mailto:greffier@grand-val.example")
        #expect(event.summary == calendar.events[0].summary && event.description == calendar.events[0].description)
        #expect(event.categories == ["ECHEANCE", "echeance-explicite"])
        let hour = 3600.0
        #expect(event.triggers == [-(29 * 24 + 15) * hour, -15 * hour, 9 * hour, -7 * 24 * hour])
    }

    @Test(
        "Every mark of TEXT is escaped, whatever is combined with it, and comes back",
        arguments: ["\u{600};a", "a,\u{301}b", "\\\u{301}n", "\u{110BD}\\,;", "\u{6DD}\n;\u{200D},", "a\u{301};"])
    func escapesScalars(_ text: String) throws {
        var calendar = try Sample.calendar()
        calendar.events[0].summary = text
        calendar.events[0].description = text + String(repeating: "\u{301};", count: 100)
        let parsed = try parse(calendar)
        let event = try #require(parsed.events.first)
        #expect(parsed.errors == [])
        #expect(event.summary.unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(event.description.unicodeScalars.elementsEqual(calendar.events[0].description.unicodeScalars))
        let value = CalendarLines.escaped(text).unicodeScalars
        #expect(
            zip(value, value.dropFirst()).allSatisfy { before, mark in ![";", ","].contains(mark) || before == "\\" })
        #expect(QuotedPrintable.normalizedLines(calendar.encoded()).allSatisfy { $0.count <= 75 })
    }

    @Test("A cancelled deadline rings no more")
    func cancels() throws {
        var calendar = try Sample.calendar()
        calendar.method = .cancel
        let event = try #require(try parse(calendar).events.first)
        #expect(event.status == "CANCELLED" && event.triggers == [])
    }

    @Test("Random summaries come back, and no line passes 75 octets or cuts a character")
    func folds() throws {
        var random = RandomTexts(seed: 5545)
        var calendar = try Sample.calendar()
        let model = calendar.events[0]
        let texts = (0..<200).map { _ in random.text(maximum: 200, lineEnds: true).replacing("\t", with: " ") }
        calendar.events = texts.map { text in
            var event = model
            event.description = text
            return event
        }
        #expect(try parse(calendar).events.map(\.description) == texts)
        let bytes = calendar.encoded()
        for line in QuotedPrintable.normalizedLines(bytes) {
            #expect(line.count <= 75 && String(validating: line, as: UTF8.self) != nil)
        }
        #expect(zip(bytes, bytes.dropFirst()).allSatisfy { ($0 == 13) == ($1 == 10) })
    }

    @Test(
        "No text can add a property",
        arguments: [
            "x\r\nATTACH:http://evil.example", "x\nEND:VEVENT", "x\u{2028}URL:y", "a\u{0}b", "x\u{85}ATTACH:y",
            "\u{600}\r\nATTACH:y", "\r\u{301}\nATTACH:y", "\u{600}\"\u{301};X=\"y\":ATTACH:z",
        ])
    func resistsInjection(_ attack: String) throws {
        var calendar = try Sample.calendar()
        calendar.name = attack
        calendar.events[0].summary = attack
        calendar.events[0].url = attack
        calendar.organizer = try EmailAddress("a@b.example", displayName: attack)
        calendar.events[0].categories = [attack]
        calendar.events[0].alarms = [CalendarAlarm(daysBefore: 1, text: attack)]
        let lines = QuotedPrintable.normalizedLines(calendar.encoded()).map { String(decoding: $0, as: UTF8.self) }
        #expect(!lines.contains { $0.hasPrefix("ATTACH") || $0.hasPrefix("URL:y") })
        #expect(lines.count { $0 == "END:VEVENT" } == 1)
        #expect(try parse(calendar).events.count == 1)
    }

    @Test(
        "Days that do not exist are refused",
        arguments: [(2025, 2, 29), (2025, 13, 1), (2025, 0, 1), (2025, 4, 31), (1900, 2, 29), (0, 1, 1), (2025, 1, 0)])
    func refusesDays(_ year: Int, _ month: Int, _ day: Int) {
        #expect(throws: MailError.invalidDay(year: year, month: month, day: day)) {
            try CalendarDay(year: year, month: month, day: day)
        }
    }

    @Test("Day arithmetic agrees with Foundation's calendar over eighty years")
    func countsDays() throws {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for number in stride(from: -3000, to: 29_000, by: 1) {
            let day = CalendarDay(daysSinceEpoch: number)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            #expect(day.daysSinceEpoch == number)
            #expect((day.year, day.month, day.day) == (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0))
            #expect((day.weekdayIndex + 1) % 7 + 1 == parts.weekday)
        }
    }
}
