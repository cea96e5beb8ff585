import Access
import Deliberations
import Foundation
import GreffierProtocol

@testable import ZeroMQ

/// What libFuzzer calls with each input, as if a peer had sent it. GREFFIER_FUZZ says to what: `protocol`, `access` or
/// `extract`; without it the first byte does.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    switch chosen ?? bytes.first.map({ Part.allCases[Int($0) % Part.allCases.count] }) {
    case .protocol: readMessages(bytes)
    case .access: readAccess(bytes)
    case .extract:
        if let first = bytes.first, first & 0x80 != 0 { bytes.removeFirst() }
        readResults(bytes)
    case nil: break
    }
    return 0
}

private enum Part: String, CaseIterable {
    case `protocol`, access, extract
}

private let chosen = ProcessInfo.processInfo.environment["GREFFIER_FUZZ"].flatMap { Part(rawValue: $0) }

/// The input as frames, which end at its zero bytes.
private func frames(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
}

/// A message as it came; then its last frame as the header of every verb. What is read is written and read again as the
/// same.
private func readMessages(_ bytes: [UInt8]) {
    let whole = frames(bytes)
    for payload in 0...3 {
        check(whole, payload)
    }
    guard let header = whole.last else { return }
    let tag = Array("GREFFIER/1".utf8)
    for verb in VerbToBroker.allCases { check([tag, Array(verb.rawValue.utf8), header], verb == .submit ? 1 : 0) }
    for verb in VerbFromBroker.allCases { check([tag, Array(verb.rawValue.utf8), header], verb == .job ? 1 : 0) }
}

private func check(_ frames: [[UInt8]], _ payload: Int) {
    do {
        let said = try MessageToBroker(frames: frames, payloadCount: payload)
        let again = try? MessageToBroker(frames: said.frames, payloadCount: payload)
        precondition(again == said, "\(said) is another message once it was written")
        precondition(said.verb.rawValue == String(decoding: frames[1], as: UTF8.self))
    } catch {
        precondition(error.description.utf8.count < 4_000, "an error without a bound")
    }
    if let said = try? MessageFromBroker(frames: frames, payloadCount: payload) {
        let again = try? MessageFromBroker(frames: said.frames, payloadCount: payload)
        precondition(again == said, "\(said) is another message once it was written")
    }
}

/// A request to the authenticator, a list of keys, and a key.
private func readAccess(_ bytes: [UInt8]) {
    let request = frames(bytes)
    var asked: AuthenticationRequest?
    let reply = AuthenticationRequest.reply(to: request) { request in
        asked = request
        return .admit
    }
    if let reply {
        precondition(reply.count == 7 && reply[2] == request[2], "no answer of ZAP")
        let isAdmitted = reply[3] == Array("200".utf8)
        precondition(isAdmitted == (asked != nil), "let in without a decision")
        if isAdmitted {
            precondition(request.count == 8 && request[7].count == 32 && request[6] == Array("CURVE".utf8))
        }
    }
    if let list = try? AccessList(String(decoding: bytes, as: UTF8.self)) {
        for key in list.keys {
            guard let principal = list[key] else { preconditionFailure("a key without an owner") }
            let line = AccessList.line(principal, key)
            precondition((try? AccessList(line))?[key] == principal, "\(line) is another one once it was written")
        }
    }
    if let decoded = Z85.decode(bytes) { precondition(Array(Z85.encode(decoded).utf8) == bytes, "Z85 is ambiguous") }
}

/// A stage's results, as notify and validate read them.
private func readResults(_ bytes: [UInt8]) {
    if let extract = try? Extract(json: bytes) {
        precondition((try? Extract(json: extract.jsonBytes())) == extract, "the Extract is another one after its JSON")
    }
    if let report = try? Report(json: bytes) {
        precondition((try? Report(json: report.jsonBytes())) == report, "the Report is another one after its JSON")
    }
}
