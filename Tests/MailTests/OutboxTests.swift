import Foundation
import Testing

@testable import Mail

@Suite struct OutboxTests {
    private func envelope(_ message: MailMessage) -> Envelope { Envelope(sender: nil, recipient: message.to) }

    @Test("A message becomes one file named by its Message-ID, and a resend changes nothing")
    func writesOnce() async throws {
        let folder = try TemporaryFolder()
        let outbox = OutboxTransport(folder: folder.path)
        let message = try Sample.message()
        let name = "act-1042.j-7@greffier.grand-val.example.eml"
        #expect(
            await outbox.deliver(message, envelope: envelope(message)) == .accepted(reply: "\(name) is in the outbox"))
        #expect(
            await outbox.deliver(message, envelope: envelope(message))
                == .accepted(reply: "\(name) was already in the outbox"))
        #expect(try folder.names == [name])
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")) == Data(message.encoded()))
    }

    @Test("A folder that is missing is everybody's trouble, and the text says what to do")
    func explainsMissingFolder() async throws {
        let message = try Sample.message()
        let outcome = await OutboxTransport(folder: "/nonexistent/outbox").deliver(message, envelope: envelope(message))
        guard case .serverTrouble(code: nil, let text) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(text.contains("/nonexistent/outbox") && text.contains("check that the folder exists"))
    }

    @Test("A name held by a broken link is taken over whole, and no partial file stays")
    func replacesBrokenLink() async throws {
        let folder = try TemporaryFolder()
        let message = try Sample.message()
        let path = "\(folder.path)/\(message.messageID.text).eml"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "\(folder.path)/absent/x")
        let outcome = await OutboxTransport(folder: folder.path).deliver(message, envelope: envelope(message))
        #expect(outcome == .accepted(reply: "\(message.messageID.text).eml is in the outbox"))
        #expect(try folder.names == ["\(message.messageID.text).eml"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(message.encoded()))
    }
}
