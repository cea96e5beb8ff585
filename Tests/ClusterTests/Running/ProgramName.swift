import Foundation

/// The programs of Greffier.
enum ProgramName: String, CaseIterable {
    case greffier
    case broker = "greffier-broker"
    case ingest = "greffier-ingest"
    case validate = "greffier-validate"
    case notify = "greffier-notify"

    /// A cluster's programs, in the order in which they are started here.
    static let cluster: [ProgramName] = [.broker, .ingest, .validate, .notify]

    /// Where it lies: in the folder that GREFFIER_PROGRAMS names, or beside the tests.
    var path: String {
        let folder = ProcessInfo.processInfo.environment["GREFFIER_PROGRAMS"] ?? Self.folderOfTests
        return folder + "/" + rawValue
    }

    private static let folderOfTests: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().path
    }()
}
