import Access
import Foundation
import Testing
import ZeroMQ

@Suite("Files of keys")
struct KeyFileTests {
    private let path = NSTemporaryDirectory() + "greffier-key-\(UUID().uuidString.prefix(8))"

    private func write(_ text: String, mode: mode_t = 0o600) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, mode)
    }

    @Test("A pair comes back from its file, which only its owner may read")
    func roundTrip() throws {
        defer { unlink(path) }
        let pair = try CurveKeyPair()
        try KeyFile.write(pair, to: path, comment: "test")
        var found = stat()
        #expect(stat(path, &found) == 0 && found.st_mode & 0o777 == 0o600)
        let read = try KeyFile.read(path)
        #expect(read.publicKey == pair.publicKey && read.secretKey.revealed == pair.secretKey.revealed)
        #expect(throws: AccessError.exists(path: path)) {
            try KeyFile.write(pair, to: path, comment: "again")
        }
    }

    @Test("A key that others may read is refused", arguments: [0o604, 0o640, 0o620, 0o601, 0o666] as [mode_t])
    func exposed(mode: mode_t) throws {
        defer { unlink(path) }
        try KeyFile.write(try CurveKeyPair(), to: path, comment: "test")
        chmod(path, mode)
        #expect(throws: AccessError.exposed(path: path)) { try KeyFile.read(path) }
        #expect("\(AccessError.exposed(path: path))".contains("chmod 600"))
    }

    @Test("Whatever is no pair of keys is refused")
    func noKeys() throws {
        defer { unlink(path) }
        let (one, two) = (try CurveKeyPair(), try CurveKeyPair())
        for text in ["", "curve\n", "public-key = \"\(one.publicKey)\"", String(repeating: "x", count: 4_000)] {
            try write(text)
            #expect(throws: AccessError.noKeys(path: path)) { try KeyFile.read(path) }
        }
        try write("public-key = \"\(one.publicKey)\"\nsecret-key = \"\(two.secretKey.revealed)\"")
        #expect(throws: AccessError.unequalKeys(path: path)) { try KeyFile.read(path) }
        try write(String(repeating: "x", count: 5_000))
        #expect(throws: AccessError.tooLarge(path: path, limit: 4_096)) { try KeyFile.read(path) }
        #expect(throws: AccessError.noFile(path: "/tmp")) { try KeyFile.read("/tmp") }
        #expect(throws: AccessError.self) { try KeyFile.read("/nowhere/at-all") }
    }

    @Test("A list that others may write to is refused")
    func writableList() throws {
        defer { unlink(path) }
        try write("scripts push \(try CurveKeyPair().publicKey)\n", mode: 0o644)
        #expect(try AccessList(file: path).count == 1)
        chmod(path, 0o664)
        #expect(throws: AccessError.writable(path: path)) { try AccessList(file: path) }
    }

    @Test("A secret key shows itself in no text")
    func secrecy() throws {
        let pair = try CurveKeyPair()
        let secret = pair.secretKey.revealed
        var dumped = ""
        dump(pair.secretKey, to: &dumped)
        for text in ["\(pair)", String(reflecting: pair), "\(SocketSecurity.server(pair.secretKey))", dumped] {
            #expect(!text.contains(secret))
        }
        #expect(!dumped.contains("raw"))
    }
}
