import CodecTestSupport
import GreffierProtocol
import JSONCodec
import Testing

/// A header of the protocol by the name of its JSON Schema.
struct HeaderKind: Sendable, CustomTestStringConvertible {
    let schema: String
    let title: String
    let type: any (JSONObject & Codable & Equatable).Type

    var testDescription: String { schema }

    /// All headers.
    static let all: [HeaderKind] = [
        HeaderKind(schema: "submit", title: "SUBMIT, to the broker", type: Submit.self),
        HeaderKind(schema: "outcome-request", title: "OUTCOME, to the broker", type: OutcomeRequest.self),
        HeaderKind(schema: "status-request", title: "STATUS, to the broker", type: StatusRequest.self),
        HeaderKind(schema: "list-request", title: "LIST, to the broker", type: ListRequest.self),
        HeaderKind(schema: "show-request", title: "SHOW, to the broker", type: ShowRequest.self),
        HeaderKind(
            schema: "document-act", title: "HOLD, RELEASE, RETRY, DROP, ERASE, to the broker", type: DocumentAct.self),
        HeaderKind(schema: "stage-act", title: "PAUSE, RESUME, to the broker", type: StageAct.self),
        HeaderKind(schema: "register-act", title: "FORGET, to the broker", type: RegisterAct.self),
        HeaderKind(schema: "acts-request", title: "ACTS, to the broker", type: ActsRequest.self),
        HeaderKind(schema: "replay", title: "REPLAY, to the broker", type: ReplayRequest.self),
        HeaderKind(schema: "ready", title: "READY, to the broker", type: Ready.self),
        HeaderKind(schema: "done", title: "DONE, to the broker", type: Done.self),
        HeaderKind(schema: "failed", title: "FAILED, to the broker", type: Failed.self),
        HeaderKind(schema: "heartbeat", title: "HEARTBEAT, to and from the broker", type: Heartbeat.self),
        HeaderKind(schema: "bye", title: "BYE, to and from the broker", type: Bye.self),
        HeaderKind(schema: "accepted", title: "ACCEPTED, from the broker", type: Accepted.self),
        HeaderKind(schema: "known", title: "KNOWN, from the broker", type: Known.self),
        HeaderKind(schema: "busy", title: "BUSY, from the broker", type: Busy.self),
        HeaderKind(schema: "refused", title: "REFUSED, from the broker", type: Refused.self),
        HeaderKind(schema: "outcome", title: "OUTCOME, from the broker", type: Outcome.self),
        HeaderKind(schema: "status", title: "STATUS, from the broker", type: Status.self),
        HeaderKind(schema: "document-list", title: "LIST, from the broker", type: DocumentList.self),
        HeaderKind(schema: "document-history", title: "SHOW, from the broker", type: DocumentHistory.self),
        HeaderKind(schema: "acts", title: "ACTS, from the broker", type: ActList.self),
        HeaderKind(schema: "replayed", title: "REPLAYED, from the broker", type: Replayed.self),
        HeaderKind(schema: "job", title: "JOB, from the broker", type: Job.self),
    ]
}
