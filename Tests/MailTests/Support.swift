import Foundation
import Testing

@testable import Mail

/// Files that the tests carry.
enum SupportFile {
    static func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Support/\(name)").path
    }

    /// Compares with a recorded file; `GREFFIER_RECORD=1` records it anew in the sources.
    static func matches(_ name: String, _ bytes: [UInt8]) throws -> Bool {
        if ProcessInfo.processInfo.environment["GREFFIER_RECORD"] == "1" {
            try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
            return true
        }
        return try Data(contentsOf: URL(fileURLWithPath: path(name))) == Data(bytes)
    }
}

/// A folder of one test, removed with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "greffier-mail-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// One run of a Python script of Support: bytes in, JSON out.
enum Python {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static func run<Answer: Decodable>(_ script: String, _ input: Data, as type: Answer.Type) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", SupportFile.path(script)]
        let (input_, output) = (Pipe(), Pipe())
        process.standardInput = input_
        process.standardOutput = output
        try process.run()
        let writer = input_.fileHandleForWriting
        let feeding = Thread {
            try? writer.write(contentsOf: input)
            try? writer.close()
        }
        feeding.start()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "python3 \(script) ended with \(process.terminationStatus); is python3 installed?")
        }
        if let missing = try? JSONDecoder().decode([String: String].self, from: answer)["missing"] {
            throw Failure(description: "the Python module \(missing) is missing: pip install \(missing)")
        }
        return try JSONDecoder().decode(type, from: answer)
    }
}

/// What Python's email package read.
struct ParsedMail: Decodable {
    struct File: Decodable {
        let name: String?
        let type: String
        let method: String?
        let content: String
    }

    let headers: [[String]]
    let from: [[String]]
    let to: [[String]]
    let subject: String
    let structure: [String]
    let text: String
    let html: String
    let attachments: [File]
    let defects: [String]

    init(_ bytes: [UInt8]) throws {
        self = try Python.run("parse_mail.py", Data(bytes), as: ParsedMail.self)
    }

    func header(_ name: String) -> String? {
        headers.first { $0[0].lowercased() == name.lowercased() }?[1]
    }
}

/// Values that tests share: fictional people of a fictional place.
enum Sample {
    static let instant = Instant(unixSeconds: 1_745_388_000, utcOffsetMinutes: 120)

    static func message(
        to: String = "claire.dumont@grand-val.example", id: String = "act-1042.j-7@greffier.grand-val.example",
        content: MailContent? = nil
    ) throws -> MailMessage {
        MailMessage(
            from: try EmailAddress("greffier@grand-val.example", displayName: "Greffier – Grand Val"),
            replyTo: try EmailAddress("assemblees@grand-val.example", displayName: "Assemblées, secrétariat"),
            to: try EmailAddress(to, displayName: "Claire Dumont"), date: instant, messageID: try MessageID(id),
            inReplyTo: try MessageID("act-1042@greffier.grand-val.example"),
            references: [try MessageID("act-1042@greffier.grand-val.example")],
            listID: try ListIdentifier("echeances.grand-val.example", label: "Échéances du Grand Val"),
            content: try content ?? Templates().content(.sample as ReminderView),
            attachments: [Attachment(calendar: try calendar(), fileName: "échéance rapport d’activité.ics")])
    }

    static func calendar() throws -> CalendarFile {
        let event = CalendarEvent(
            identifier: try CalendarIdentifier("deadline-1042@greffier.grand-val.example"), sequence: 2, stamp: instant,
            day: try CalendarDay(year: 2025, month: 4, day: 30),
            summary: "Rapport d’activité ; convention Atelier du Lac, Grand Val",
            description: "Dû par Atelier du Lac, à Grand Val.\nCalcul : date écrite dans la convention \\ jour compris",
            categories: ["ECHEANCE", "echeance-explicite"], status: .tentative,
            alarms: [
                CalendarAlarm(daysBefore: 30, text: "J-30"), CalendarAlarm(daysBefore: 1, text: "demain"),
                CalendarAlarm(daysBefore: 0, text: "aujourd’hui"), CalendarAlarm(daysBefore: 7, hour: 0, text: "J-7"),
            ])
        return CalendarFile(
            name: "Échéances du Grand Val",
            organizer: try EmailAddress("greffier@grand-val.example", displayName: "Greffier \"Grand Val\""),
            events: [event])
    }
}

/// Random Unicode texts from a seed.
struct RandomTexts {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func text(maximum: Int, lineEnds: Bool) -> String {
        let alphabets: [[Character]] = [
            Array("abcdefghij KLMNOP 0123456789 =?_.,;:\"\\()<>@ \t"), Array("éèàùçœÉÎ’«» \u{A0}\u{202F}–…€"),
            Array("日本語文字テスト"), Array("🏛👩‍⚖️🇫🇷é\u{301}\u{323}"), Array("== ?= =? _ .. From -- "),
        ]
        var text = ""
        for _ in 0..<next(maximum + 1) {
            let alphabet = alphabets[next(alphabets.count)]
            text.append(lineEnds && next(30) == 0 ? "\n" : alphabet[next(alphabet.count)])
        }
        return text
    }
}
