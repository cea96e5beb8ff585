import Deliberations
import GreffierProtocol
import JSONCodec

/// What `greffier show` prints: what happened to a document, and what the rules say of it.
struct ShownDocument: JSONObject {
    var history: DocumentHistory
    /// Nil when the register is not on this host, or does not know the document.
    var findings: [Finding]?

    init(history: DocumentHistory, findings: [Finding]?) {
        self.history = history
        self.findings = findings
    }

    init(blank: JSONBlank) {
        self.init(history: DocumentHistory(blank: blank), findings: nil)
    }

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        history.visitMembers(&visitor)
        visitor.optional("findings", &findings)
    }

    var text: String {
        let lines = (findings ?? []).map { "  \($0.severity.rawValue) \($0.rule): \($0.message)" }
        let list = lines.isEmpty ? [] : ["findings\n" + lines.joined(separator: "\n")]
        return ([HistoryView(history).text] + list).joined(separator: "\n\n")
    }
}
