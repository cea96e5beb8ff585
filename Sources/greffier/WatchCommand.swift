import ArgumentParser
import Console
import Foundation
import GreffierProtocol
import Operations
import Pushing

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Push each file that appears in a folder, then move it to its done/ or refused/.",
        discussion:
            """
            A file is pushed once nobody has written to it for a while, and moved only after the broker's receipt. One that
            cannot be read stays where it is and is named once; with --once the exit code is 1 then.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var options: PushOptions

    @Argument(help: "The folder.")
    var folder: String

    @Option(help: "How many seconds nobody may have written to a file.")
    var settle = 2.0

    @Flag(help: "End when the folder is empty instead of waiting for more.")
    var once = false

    func run() async throws {
        try await reportingErrors {
            let settings = try options.settings(common.configuration())
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
                throw ValidationError("\(folder) is no folder: make it, or name another")
            }
            var watched = try WatchedFolder(path: folder, settleMilliseconds: Int(settle * 1_000))
            var report = PushReport(isJSON: output.json, total: 1)
            var told: Set<String> = []
            repeat {
                if watched.hasSettledFiles() {
                    var pusher = try Pusher(settings)
                    try pusher.push {
                        try watched.next()
                    } finished: { document, outcome in
                        try watched.finished(document, outcome)
                        report.note(document, outcome)
                    }
                }
                for (path, reason) in watched.unreadable.sorted(by: { $0.key < $1.key })
                where told.insert(path).inserted {
                    report.note(unreadable: path, reason)
                }
                if once, watched.hasNothingLeft {
                    if !watched.unreadable.isEmpty { throw ExitStatus.failure }
                    return
                }
                try await Task.sleep(for: .milliseconds(500))
            } while !Task.isCancelled
        }
    }
}
