import JSONCodec

/// How messages stand on the wire: multipart, the first three frames being tag, verb and JSON header.
public enum Wire {
    /// The first frame: the protocol's name and its version.
    public static let tag = "GREFFIER/1"
    static let tagBytes = Array(tag.utf8)
    static let tagPrefix = Array("GREFFIER/".utf8)

    /// Checks the first frames and returns the verb.
    static func verb(of frames: [[UInt8]], payloadCount: Int) throws(ProtocolError) -> String {
        let count = frames.count + payloadCount
        guard frames.count == 3, count <= ProtocolLimits.frames else { throw .frameCount(count) }
        if frames[0] != tagBytes {
            guard frames[0].starts(with: tagPrefix) else { throw .notGreffier }
            throw .version(BoundedText(String(decoding: frames[0].prefix(40), as: UTF8.self)))
        }
        guard frames[2].count <= ProtocolLimits.headerBytes else { throw .headerTooLarge(frames[2].count) }
        return String(decoding: frames[1].prefix(40), as: UTF8.self)
    }

    /// Reads a header and checks the number of payload frames.
    static func header<Header: JSONObject>(
        _ type: Header.Type, of bytes: [UInt8], verb: String, payload: Int, allowed: ClosedRange<Int> = 0...0
    ) throws(ProtocolError) -> Header {
        guard allowed.contains(payload) else { throw .payloadCount(verb: verb, found: payload) }
        do throws(JSONError) {
            return try Header(json: bytes)
        } catch {
            throw .badHeader(verb: verb, error)
        }
    }

    /// The first three frames of a message.
    static func frames(verb: String, header: some JSONObject) -> [[UInt8]] {
        [tagBytes, Array(verb.utf8), header.jsonBytes(reserving: 512)]
    }
}

/// What pushers, workers and operators say to the broker. Payload frames travel beside.
public enum MessageToBroker: Hashable, Sendable {
    case submit(Submit)
    case outcome(OutcomeRequest)
    case status(StatusRequest)
    case list(ListRequest)
    case show(ShowRequest)
    case hold(DocumentAct)
    case release(DocumentAct)
    case retry(DocumentAct)
    case drop(DocumentAct)
    case pause(StageAct)
    case resume(StageAct)
    case ready(Ready)
    case done(Done)
    case failed(Failed)
    case heartbeat(Heartbeat)
    case bye(Bye)

    /// The message whose first three frames are `frames`, followed by `payloadCount` payload frames.
    /// - Throws: ``ProtocolError``.
    public init(frames: [[UInt8]], payloadCount: Int) throws(ProtocolError) {
        let verb = try Wire.verb(of: frames, payloadCount: payloadCount)
        let (bytes, payload) = (frames[2], payloadCount)
        self =
            switch verb {
            case "SUBMIT":
                .submit(try Wire.header(Submit.self, of: bytes, verb: verb, payload: payload, allowed: 1...1))
            case "OUTCOME": .outcome(try Wire.header(OutcomeRequest.self, of: bytes, verb: verb, payload: payload))
            case "STATUS": .status(try Wire.header(StatusRequest.self, of: bytes, verb: verb, payload: payload))
            case "LIST": .list(try Wire.header(ListRequest.self, of: bytes, verb: verb, payload: payload))
            case "SHOW": .show(try Wire.header(ShowRequest.self, of: bytes, verb: verb, payload: payload))
            case "HOLD": .hold(try Wire.header(DocumentAct.self, of: bytes, verb: verb, payload: payload))
            case "RELEASE": .release(try Wire.header(DocumentAct.self, of: bytes, verb: verb, payload: payload))
            case "RETRY": .retry(try Wire.header(DocumentAct.self, of: bytes, verb: verb, payload: payload))
            case "DROP": .drop(try Wire.header(DocumentAct.self, of: bytes, verb: verb, payload: payload))
            case "PAUSE": .pause(try Wire.header(StageAct.self, of: bytes, verb: verb, payload: payload))
            case "RESUME": .resume(try Wire.header(StageAct.self, of: bytes, verb: verb, payload: payload))
            case "READY": .ready(try Wire.header(Ready.self, of: bytes, verb: verb, payload: payload))
            case "DONE": .done(try Wire.header(Done.self, of: bytes, verb: verb, payload: payload, allowed: 0...2))
            case "FAILED": .failed(try Wire.header(Failed.self, of: bytes, verb: verb, payload: payload))
            case "HEARTBEAT": .heartbeat(try Wire.header(Heartbeat.self, of: bytes, verb: verb, payload: payload))
            case "BYE": .bye(try Wire.header(Bye.self, of: bytes, verb: verb, payload: payload))
            default: throw .unknownVerb(BoundedText(verb))
            }
    }

    /// The first three frames of the message.
    public var frames: [[UInt8]] {
        switch self {
        case .submit(let header): Wire.frames(verb: "SUBMIT", header: header)
        case .outcome(let header): Wire.frames(verb: "OUTCOME", header: header)
        case .status(let header): Wire.frames(verb: "STATUS", header: header)
        case .list(let header): Wire.frames(verb: "LIST", header: header)
        case .show(let header): Wire.frames(verb: "SHOW", header: header)
        case .hold(let header): Wire.frames(verb: "HOLD", header: header)
        case .release(let header): Wire.frames(verb: "RELEASE", header: header)
        case .retry(let header): Wire.frames(verb: "RETRY", header: header)
        case .drop(let header): Wire.frames(verb: "DROP", header: header)
        case .pause(let header): Wire.frames(verb: "PAUSE", header: header)
        case .resume(let header): Wire.frames(verb: "RESUME", header: header)
        case .ready(let header): Wire.frames(verb: "READY", header: header)
        case .done(let header): Wire.frames(verb: "DONE", header: header)
        case .failed(let header): Wire.frames(verb: "FAILED", header: header)
        case .heartbeat(let header): Wire.frames(verb: "HEARTBEAT", header: header)
        case .bye(let header): Wire.frames(verb: "BYE", header: header)
        }
    }
}

/// What the broker says to pushers, workers and operators. Payload frames travel beside.
public enum MessageFromBroker: Hashable, Sendable {
    case accepted(Accepted)
    case known(Known)
    case busy(Busy)
    case refused(Refused)
    case outcome(Outcome)
    case status(Status)
    case list(DocumentList)
    case show(DocumentHistory)
    case job(Job)
    case heartbeat(Heartbeat)
    case bye(Bye)

    /// The message whose first three frames are `frames`, followed by `payloadCount` payload frames.
    /// - Throws: ``ProtocolError``.
    public init(frames: [[UInt8]], payloadCount: Int) throws(ProtocolError) {
        let verb = try Wire.verb(of: frames, payloadCount: payloadCount)
        let (bytes, payload) = (frames[2], payloadCount)
        self =
            switch verb {
            case "ACCEPTED": .accepted(try Wire.header(Accepted.self, of: bytes, verb: verb, payload: payload))
            case "KNOWN": .known(try Wire.header(Known.self, of: bytes, verb: verb, payload: payload))
            case "BUSY": .busy(try Wire.header(Busy.self, of: bytes, verb: verb, payload: payload))
            case "REFUSED": .refused(try Wire.header(Refused.self, of: bytes, verb: verb, payload: payload))
            case "OUTCOME": .outcome(try Wire.header(Outcome.self, of: bytes, verb: verb, payload: payload))
            case "STATUS": .status(try Wire.header(Status.self, of: bytes, verb: verb, payload: payload))
            case "LIST": .list(try Wire.header(DocumentList.self, of: bytes, verb: verb, payload: payload))
            case "SHOW": .show(try Wire.header(DocumentHistory.self, of: bytes, verb: verb, payload: payload))
            case "JOB": .job(try Wire.header(Job.self, of: bytes, verb: verb, payload: payload, allowed: 1...3))
            case "HEARTBEAT": .heartbeat(try Wire.header(Heartbeat.self, of: bytes, verb: verb, payload: payload))
            case "BYE": .bye(try Wire.header(Bye.self, of: bytes, verb: verb, payload: payload))
            default: throw .unknownVerb(BoundedText(verb))
            }
    }

    /// The first three frames of the message.
    public var frames: [[UInt8]] {
        switch self {
        case .accepted(let header): Wire.frames(verb: "ACCEPTED", header: header)
        case .known(let header): Wire.frames(verb: "KNOWN", header: header)
        case .busy(let header): Wire.frames(verb: "BUSY", header: header)
        case .refused(let header): Wire.frames(verb: "REFUSED", header: header)
        case .outcome(let header): Wire.frames(verb: "OUTCOME", header: header)
        case .status(let header): Wire.frames(verb: "STATUS", header: header)
        case .list(let header): Wire.frames(verb: "LIST", header: header)
        case .show(let header): Wire.frames(verb: "SHOW", header: header)
        case .job(let header): Wire.frames(verb: "JOB", header: header)
        case .heartbeat(let header): Wire.frames(verb: "HEARTBEAT", header: header)
        case .bye(let header): Wire.frames(verb: "BYE", header: header)
        }
    }
}

extension MessageFromBroker {
    /// The number of the request that this answers, if it answers one that had a number.
    public var request: Int? {
        switch self {
        case .accepted(let header): header.request
        case .known(let header): header.request
        case .busy(let header): header.request
        case .refused(let header): header.request
        case .outcome(let header): header.request
        case .status(let header): header.request
        case .list(let header): header.request
        case .show(let header): header.request
        case .job, .heartbeat, .bye: nil
        }
    }
}
