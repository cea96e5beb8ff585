import Foundation

/// What was waited for did not come.
struct NeverCame: Error, CustomStringConvertible {
    let description: String
}

/// The longest wait for anything.
let patience = Duration.seconds(60)

/// Asks again and again until the answer is yes.
/// - Throws: ``NeverCame`` when it is still no after `limit`.
func wait(
    for what: String, atMost limit: Duration = patience, every pause: Duration = .milliseconds(50),
    until isTrue: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !isTrue() {
        guard ContinuousClock.now < end else { throw NeverCame(description: "waited in vain: \(what)") }
        try await Task.sleep(for: pause)
    }
}
