import ArgumentParser
import Console
import Operations

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for what is wrong on this host, and say how to mend it.",
        discussion: """
            Reads the whole register and queue, while the cluster may go on. Exit code 0 when nothing is wrong, 1 otherwise; \
            warnings alone are no error.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reportingErrors {
            let checkup = try Checkup(common)
            let diagnoses = await checkup.diagnoses()
            if output.json {
                for diagnosis in diagnoses { Output.json(diagnosis) }
            } else {
                Output.line(Self.table(diagnoses))
            }
            if diagnoses.contains(where: { $0.state == .wrong }) { throw ExitStatus.failure }
        }
    }

    private static func table(_ diagnoses: [Diagnosis]) -> String {
        let lines = diagnoses.flatMap { diagnosis -> [String] in
            let state = diagnosis.state.rawValue
            let head = state + String(repeating: " ", count: 9 - state.count) + diagnosis.subject
            return ["\(head): \(diagnosis.finding)"] + (diagnosis.cure.map { ["         → \($0)"] } ?? [])
        }
        return lines.joined(separator: "\n")
    }
}
