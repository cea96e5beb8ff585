import ArgumentParser
import Console
import Foundation
import GreffierProtocol
import JSONCodec
import Pushing

/// What became of one pushed document, as a line of JSON.
struct PushLine: JSONObject {
    var name: String
    var id: DocumentID?
    var outcome: String
    var state: DocumentState?
    var code: String?
    var message: String?

    init(name: String, id: DocumentID?, outcome: String) {
        self.name = name
        self.id = id
        self.outcome = outcome
    }

    init(blank: JSONBlank) {
        self.init(name: "", id: nil, outcome: "")
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("name", &name)
        visitor.optional("id", &id)
        visitor.required("outcome", &outcome)
        visitor.optional("state", &state)
        visitor.optional("code", &code)
        visitor.optional("message", &message)
    }
}

/// Tells the person or script at the command line what becomes of the documents.
struct PushReport {
    private let isJSON: Bool
    private let total: Int
    private var done = 0
    private var counts: [String: Int] = [:]
    private var bar = ProgressBar()

    init(isJSON: Bool, total: Int) {
        self.isJSON = isJSON
        self.total = total
    }

    mutating func note(_ document: PushedDocument, _ outcome: PushOutcome) {
        done += 1
        counts[outcome.word, default: 0] += 1
        let line = Self.line(document, outcome)
        if isJSON {
            Output.json(line)
        } else if Self.isBad(outcome) {
            bar.clear()
            let reason = [line.code, line.message].compactMap(\.self).joined(separator: ": ")
            Output.error("\(document.name): \(outcome.word)\(reason.isEmpty ? "" : ": \(reason)")")
        } else if total <= 20 {
            bar.clear()
            Output.line("\(document.id) \(outcome.word) \(document.name)")
        }
        bar.update(done: done, total: total)
    }

    /// Says what is waited for; nil says that it goes on.
    mutating func note(delay reason: String?) {
        bar.clear()
        Output.error(reason.map { "waiting: \($0)" } ?? "it goes on")
        bar.update(done: done, total: total)
    }

    /// Tells of a file that cannot be read.
    func note(unreadable path: String, _ reason: String) {
        guard isJSON else { return Output.error("\(path): \(reason)") }
        var line = PushLine(name: path, id: nil, outcome: "unreadable")
        line.message = reason
        Output.json(line)
    }

    func close(unreadable: [(path: String, reason: String)]) {
        bar.clear()
        for (path, reason) in unreadable { note(unreadable: path, reason) }
        guard !isJSON, total > 20 else { return }
        let words = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        Output.line(words.joined(separator: ", "))
    }

    /// The exit code, or nil if all is well.
    func exitCode(unreadable: Int) -> ExitCode? {
        if counts["unreachable"] != nil { return ExitStatus.unreachable }
        if counts["busy"] != nil { return ExitStatus.busy }
        if counts["refused"] != nil || counts["held"] != nil || counts["dropped"] != nil { return ExitStatus.refused }
        return unreadable > 0 ? ExitStatus.failure : nil
    }

    private static func isBad(_ outcome: PushOutcome) -> Bool {
        switch outcome {
        case .accepted, .known: false
        case .ended(let ended): ended.state != .registered
        case .refused, .busy, .unreachable: true
        }
    }

    private static func line(_ document: PushedDocument, _ outcome: PushOutcome) -> PushLine {
        var line = PushLine(name: document.name, id: document.id, outcome: outcome.word)
        switch outcome {
        case .accepted, .unreachable: break
        case .known(let state): line.state = state
        case .refused(let refused):
            line.code = refused.code.rawValue
            line.message = refused.message.text
        case .ended(let ended):
            line.state = ended.state
            line.code = ended.code
            line.message = ended.message?.text
        case .busy(let busy): line.message = busy.reason.text
        }
        return line
    }
}
