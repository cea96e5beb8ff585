/// What a client should do with a calendar file (RFC 5546 section 1.4).
public enum CalendarMethod: String, Sendable {
    /// Add or change the events.
    case publish = "PUBLISH"
    /// Remove the events.
    case cancel = "CANCEL"
}

/// An iCalendar file (RFC 5545): CRLF, lines folded at 75 octets, all-day events without a time zone.
public struct CalendarFile: Sendable, Equatable {
    /// What clients do with it.
    public var method: CalendarMethod
    /// The name of the calendar, when one subscribes to it.
    public var name: String
    /// Who publishes: RFC 5546 section 3.2.1 requires it.
    public var organizer: EmailAddress
    /// The deadlines.
    public var events: [CalendarEvent]

    /// A calendar of `events`.
    public init(method: CalendarMethod = .publish, name: String, organizer: EmailAddress, events: [CalendarEvent]) {
        self.method = method
        self.name = name
        self.organizer = organizer
        self.events = events
    }

    /// The file.
    public func encoded() -> [UInt8] {
        var lines = CalendarLines()
        lines.add("BEGIN", "VCALENDAR")
        lines.add("VERSION", "2.0")
        lines.add("PRODID", "-//Greffier//Echeances//FR")
        lines.add("CALSCALE", "GREGORIAN")
        lines.add("METHOD", method.rawValue)
        lines.add("X-WR-CALNAME", text: name)
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "P1D")
        for event in events { add(event, to: &lines) }
        lines.add("END", "VCALENDAR")
        return lines.bytes
    }

    private func add(_ event: CalendarEvent, to lines: inout CalendarLines) {
        lines.add("BEGIN", "VEVENT")
        lines.add("UID", event.identifier.text)
        lines.add("SEQUENCE", String(event.sequence))
        lines.add("DTSTAMP", event.stamp.calendarStamp)
        lines.add("LAST-MODIFIED", (event.lastModified ?? event.stamp).calendarStamp)
        lines.add("DTSTART;VALUE=DATE", event.day.calendarDate)
        lines.add("DTEND;VALUE=DATE", event.day.next.calendarDate)
        lines.add("TRANSP", "TRANSPARENT")
        lines.add("STATUS", (method == .cancel ? .cancelled : event.status).rawValue)
        lines.add(organizerName, "mailto:\(organizer.address)")
        lines.add("SUMMARY", text: event.summary)
        lines.add("DESCRIPTION", text: event.description)
        if let url = event.url { lines.add("URL", CalendarLines.withoutControls(url)) }
        if !event.categories.isEmpty {
            lines.add("CATEGORIES", event.categories.map(CalendarLines.escaped).joined(separator: ","))
        }
        for alarm in event.alarms where method == .publish && event.status != .cancelled { add(alarm, to: &lines) }
        lines.add("END", "VEVENT")
    }

    private func add(_ alarm: CalendarAlarm, to lines: inout CalendarLines) {
        lines.add("BEGIN", "VALARM")
        lines.add("ACTION", "DISPLAY")
        lines.add("TRIGGER", alarm.trigger)
        lines.add("DESCRIPTION", text: alarm.text)
        lines.add("END", "VALARM")
    }

    /// A quoted parameter value holds no quotation mark (RFC 5545 section 3.1).
    private var organizerName: String {
        guard let name = organizer.displayName?.text else { return "ORGANIZER" }
        let plain = String(String.UnicodeScalarView(name.unicodeScalars.map { $0 == "\"" ? "'" : $0 }))
        return "ORGANIZER;CN=\"\(plain)\""
    }
}

extension Unicode.Scalar {
    /// Whether it ends a line in some program's eyes.
    fileprivate var isLineEnd: Bool {
        switch self {
        case "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}

/// Content lines (RFC 5545 section 3.1).
struct CalendarLines {
    private(set) var bytes: [UInt8] = []

    /// Adds a property whose value needs no escaping.
    mutating func add(_ name: String, _ value: String) {
        var column = 0
        for scalar in "\(name):\(value)".unicodeScalars {
            let encoded = Array(String(scalar).utf8)
            if column + encoded.count > 75 {
                bytes += [13, 10, 0x20]
                column = 1
            }
            bytes += encoded
            column += encoded.count
        }
        bytes += [13, 10]
    }

    /// Adds a property of type TEXT.
    mutating func add(_ name: String, text: String) {
        add(name, Self.escaped(text))
    }

    /// TEXT (section 3.3.11): backslash, semicolon, comma and line ends escaped, other controls left out. Each
    /// scalar stands for itself, whatever is combined with it.
    static func escaped(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": output.append(contentsOf: ["\\", scalar])
            case "\n" where previous == "\r": break
            case _ where scalar.isLineEnd: output.append(contentsOf: ["\\", "n"])
            case _ where scalar.properties.generalCategory == .control: break
            default: output.append(scalar)
            }
            previous = scalar
        }
        return String(output)
    }

    static func withoutControls(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.filter { $0.properties.generalCategory != .control })
        return String(scalars)
    }
}
