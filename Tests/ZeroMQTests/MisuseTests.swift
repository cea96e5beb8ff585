import Testing
import ZeroMQ

/// Carries a socket where it must not go.
private final class Smuggler {
    let socket: Socket

    init(_ context: Context) throws {
        socket = try Socket(.pair, in: context)
    }
}

@Suite("Misuse")
struct MisuseTests {
    @Test("A socket on a foreign thread stops the program with a sentence")
    func foreignThread() async throws {
        let result = try #require(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let smuggler = try Smuggler(Context())
                let thread = try SocketThread(name: "foreign") { _ = try smuggler.socket.send([.text("x")]) }
                try await thread.waitUntilEnd()
            })
        #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains("was opened on thread"))
    }
}
