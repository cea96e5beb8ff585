import ArgumentParser
import Console
import Deliberations
import Examination
import Foundation
import JSONCodec
import Operations

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read and check one file, and print the findings and deadlines in French; no cluster is needed.",
        discussion: """
            With --json the exit code is 0 whatever was found; without, too. A document that is refused: exit code 3 and \
            a JSON object with the reason on standard error.
            """)

    @OptionGroup var output: JSONOption
    @OptionGroup var document: LocalDocument

    @Option(help: "Check as of this day, 2025-04-30 (default: today in Paris, or GREFFIER_NOW).")
    var today: String?

    @Flag(help: "Show also the rules that do not apply.")
    var all = false

    func run() async throws {
        try await reportingErrors {
            let day = try day()
            let reading = try document.read()
            let configuration = try document.common.configuration()
            let examiner = Examiner(
                producedBy: Producer(program: "greffier", version: ProgramVersion.current),
                rules: configuration.rules, calendar: configuration.calendar)
            let report = examiner.report(on: reading.extract, text: reading.text, today: day)
            if output.json {
                Output.json(CheckResult(extract: reading.extract, report: report))
            } else {
                Output.line(
                    CheckView(extract: reading.extract, report: report, text: reading.text, showsAll: all).terminalText)
            }
        }
    }

    private func day() throws -> CivilDate {
        guard let today else {
            return try WallClock(
                ProcessInfo.processInfo.environment["GREFFIER_NOW"], place: "the environment's GREFFIER_NOW"
            ).today()
        }
        guard let day = CivilDate(jsonString: today) else {
            throw ValidationError("--today \(today): write a day such as 2025-04-30")
        }
        return day
    }
}

/// What `check --json` prints.
struct CheckResult: JSONObject {
    var extract: Extract
    var findings: [Finding]
    var indeterminate: [Indeterminate]
    var notApplicable: [NotApplicable]
    var deadlines: [Deadline]

    init(extract: Extract, report: Report) {
        self.extract = extract
        findings = report.findings
        indeterminate = report.indeterminate
        notApplicable = report.notApplicable
        deadlines = report.deadlines
    }

    init(blank: JSONBlank) {
        extract = Extract(blank: blank)
        findings = []
        indeterminate = []
        notApplicable = []
        deadlines = []
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("extract", &extract)
        visitor.required("findings", &findings)
        visitor.required("indeterminate", &indeterminate)
        visitor.required("notApplicable", &notApplicable)
        visitor.required("deadlines", &deadlines)
    }
}
