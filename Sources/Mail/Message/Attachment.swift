/// A file that goes with a message.
public struct Attachment: Sendable, Equatable {
    /// The name people see; any characters (RFC 2231 when needed).
    public let fileName: HeaderText
    /// The type as headers write it, with its parameters.
    let contentType: [String]
    /// The file.
    public let bytes: [UInt8]

    /// A calendar file that clients offer to add (RFC 5545 section 8.1, RFC 6047 section 2.4).
    public init(calendar: CalendarFile, fileName: String) {
        self.fileName = HeaderText(fileName)
        contentType = ["text/calendar;", "charset=utf-8;", "method=\(calendar.method.rawValue);"]
        bytes = calendar.encoded()
    }

    /// A PDF document.
    public init(pdf: [UInt8], fileName: String) {
        self.fileName = HeaderText(fileName)
        contentType = ["application/pdf;"]
        bytes = pdf
    }
}
