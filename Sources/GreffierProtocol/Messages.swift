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
        let verb = String(decoding: frames[1].prefix(40), as: UTF8.self)
        // Strings are equal to look-alikes such as the Kelvin sign for K; verbs are not.
        guard frames[1].allSatisfy((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains) else {
            throw .unknownVerb(BoundedText(verb))
        }
        return verb
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
    static func frames(_ verb: some RawRepresentable<String>, header: some JSONObject) -> [[UInt8]] {
        [tagBytes, Array(verb.rawValue.utf8), header.jsonBytes(reserving: 512)]
    }
}

/// What pushers, workers and operators say to the broker. Payload frames travel beside.
public enum MessageToBroker: Hashable, Sendable {
    case submit(Submit)
    case outcome(OutcomeRequest)
    case status(StatusRequest)
    case list(ListRequest)
    case show(ShowRequest)
    case acts(ActsRequest)
    case hold(DocumentAct)
    case release(DocumentAct)
    case retry(DocumentAct)
    case drop(DocumentAct)
    case erase(DocumentAct)
    case pause(StageAct)
    case resume(StageAct)
    case forget(RegisterAct)
    case replay(ReplayRequest)
    case ready(Ready)
    case done(Done)
    case failed(Failed)
    case heartbeat(Heartbeat)
    case bye(Bye)

    /// The message whose first three frames are `frames`, followed by `payloadCount` payload frames.
    /// - Throws: ``ProtocolError``.
    public init(frames: [[UInt8]], payloadCount: Int) throws(ProtocolError) {
        let name = try Wire.verb(of: frames, payloadCount: payloadCount)
        guard let verb = VerbToBroker(rawValue: name) else { throw .unknownVerb(BoundedText(name)) }
        let (bytes, payload) = (frames[2], payloadCount)
        self =
            switch verb {
            case .submit:
                .submit(try Wire.header(Submit.self, of: bytes, verb: name, payload: payload, allowed: 1...1))
            case .outcome:
                .outcome(try Wire.header(OutcomeRequest.self, of: bytes, verb: name, payload: payload).bounded)
            case .status: .status(try Wire.header(StatusRequest.self, of: bytes, verb: name, payload: payload))
            case .list: .list(try Wire.header(ListRequest.self, of: bytes, verb: name, payload: payload))
            case .show: .show(try Wire.header(ShowRequest.self, of: bytes, verb: name, payload: payload))
            case .acts: .acts(try Wire.header(ActsRequest.self, of: bytes, verb: name, payload: payload))
            case .hold: .hold(try Wire.header(DocumentAct.self, of: bytes, verb: name, payload: payload))
            case .release: .release(try Wire.header(DocumentAct.self, of: bytes, verb: name, payload: payload))
            case .retry: .retry(try Wire.header(DocumentAct.self, of: bytes, verb: name, payload: payload))
            case .drop: .drop(try Wire.header(DocumentAct.self, of: bytes, verb: name, payload: payload))
            case .erase: .erase(try Wire.header(DocumentAct.self, of: bytes, verb: name, payload: payload))
            case .pause: .pause(try Wire.header(StageAct.self, of: bytes, verb: name, payload: payload))
            case .resume: .resume(try Wire.header(StageAct.self, of: bytes, verb: name, payload: payload))
            case .forget: .forget(try Wire.header(RegisterAct.self, of: bytes, verb: name, payload: payload))
            case .replay: .replay(try Wire.header(ReplayRequest.self, of: bytes, verb: name, payload: payload))
            case .ready: .ready(try Wire.header(Ready.self, of: bytes, verb: name, payload: payload))
            case .done: .done(try Wire.header(Done.self, of: bytes, verb: name, payload: payload, allowed: 0...2))
            case .failed: .failed(try Wire.header(Failed.self, of: bytes, verb: name, payload: payload))
            case .heartbeat:
                .heartbeat(try Wire.header(Heartbeat.self, of: bytes, verb: name, payload: payload).bounded)
            case .bye: .bye(try Wire.header(Bye.self, of: bytes, verb: name, payload: payload))
            }
    }

    /// The first three frames of the message.
    public var frames: [[UInt8]] {
        switch self {
        case .submit(let header): Wire.frames(VerbToBroker.submit, header: header)
        case .outcome(let header): Wire.frames(VerbToBroker.outcome, header: header)
        case .status(let header): Wire.frames(VerbToBroker.status, header: header)
        case .list(let header): Wire.frames(VerbToBroker.list, header: header)
        case .show(let header): Wire.frames(VerbToBroker.show, header: header)
        case .acts(let header): Wire.frames(VerbToBroker.acts, header: header)
        case .hold(let header): Wire.frames(VerbToBroker.hold, header: header)
        case .release(let header): Wire.frames(VerbToBroker.release, header: header)
        case .retry(let header): Wire.frames(VerbToBroker.retry, header: header)
        case .drop(let header): Wire.frames(VerbToBroker.drop, header: header)
        case .erase(let header): Wire.frames(VerbToBroker.erase, header: header)
        case .pause(let header): Wire.frames(VerbToBroker.pause, header: header)
        case .resume(let header): Wire.frames(VerbToBroker.resume, header: header)
        case .forget(let header): Wire.frames(VerbToBroker.forget, header: header)
        case .replay(let header): Wire.frames(VerbToBroker.replay, header: header)
        case .ready(let header): Wire.frames(VerbToBroker.ready, header: header)
        case .done(let header): Wire.frames(VerbToBroker.done, header: header)
        case .failed(let header): Wire.frames(VerbToBroker.failed, header: header)
        case .heartbeat(let header): Wire.frames(VerbToBroker.heartbeat, header: header)
        case .bye(let header): Wire.frames(VerbToBroker.bye, header: header)
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
    case acts(ActList)
    case replayed(Replayed)
    case job(Job)
    case heartbeat(Heartbeat)
    case bye(Bye)

    /// The message whose first three frames are `frames`, followed by `payloadCount` payload frames.
    /// - Throws: ``ProtocolError``.
    public init(frames: [[UInt8]], payloadCount: Int) throws(ProtocolError) {
        let name = try Wire.verb(of: frames, payloadCount: payloadCount)
        guard let verb = VerbFromBroker(rawValue: name) else { throw .unknownVerb(BoundedText(name)) }
        let (bytes, payload) = (frames[2], payloadCount)
        self =
            switch verb {
            case .accepted: .accepted(try Wire.header(Accepted.self, of: bytes, verb: name, payload: payload))
            case .known: .known(try Wire.header(Known.self, of: bytes, verb: name, payload: payload))
            case .busy: .busy(try Wire.header(Busy.self, of: bytes, verb: name, payload: payload).bounded)
            case .refused: .refused(try Wire.header(Refused.self, of: bytes, verb: name, payload: payload))
            case .outcome: .outcome(try Wire.header(Outcome.self, of: bytes, verb: name, payload: payload))
            case .status: .status(try Wire.header(Status.self, of: bytes, verb: name, payload: payload).bounded)
            case .list: .list(try Wire.header(DocumentList.self, of: bytes, verb: name, payload: payload))
            case .show: .show(try Wire.header(DocumentHistory.self, of: bytes, verb: name, payload: payload).bounded)
            case .acts: .acts(try Wire.header(ActList.self, of: bytes, verb: name, payload: payload))
            case .replayed: .replayed(try Wire.header(Replayed.self, of: bytes, verb: name, payload: payload))
            case .job: .job(try Wire.header(Job.self, of: bytes, verb: name, payload: payload, allowed: 1...3))
            case .heartbeat:
                .heartbeat(try Wire.header(Heartbeat.self, of: bytes, verb: name, payload: payload).bounded)
            case .bye: .bye(try Wire.header(Bye.self, of: bytes, verb: name, payload: payload))
            }
    }

    /// The first three frames of the message.
    public var frames: [[UInt8]] {
        switch self {
        case .accepted(let header): Wire.frames(VerbFromBroker.accepted, header: header)
        case .known(let header): Wire.frames(VerbFromBroker.known, header: header)
        case .busy(let header): Wire.frames(VerbFromBroker.busy, header: header)
        case .refused(let header): Wire.frames(VerbFromBroker.refused, header: header)
        case .outcome(let header): Wire.frames(VerbFromBroker.outcome, header: header)
        case .status(let header): Wire.frames(VerbFromBroker.status, header: header)
        case .list(let header): Wire.frames(VerbFromBroker.list, header: header)
        case .show(let header): Wire.frames(VerbFromBroker.show, header: header)
        case .acts(let header): Wire.frames(VerbFromBroker.acts, header: header)
        case .replayed(let header): Wire.frames(VerbFromBroker.replayed, header: header)
        case .job(let header): Wire.frames(VerbFromBroker.job, header: header)
        case .heartbeat(let header): Wire.frames(VerbFromBroker.heartbeat, header: header)
        case .bye(let header): Wire.frames(VerbFromBroker.bye, header: header)
        }
    }
}

extension MessageToBroker {
    /// The number that what answers this repeats.
    public var request: Int? {
        switch self {
        case .submit(let header): header.request
        case .outcome(let header): header.request
        case .status(let header): header.request
        case .list(let header): header.request
        case .show(let header): header.request
        case .hold(let header), .release(let header), .retry(let header), .drop(let header),
            .erase(let header):
            header.request
        case .pause(let header), .resume(let header): header.request
        case .forget(let header): header.request
        case .acts(let header): header.request
        case .replay(let header): header.request
        case .ready, .done, .failed, .heartbeat, .bye: nil
        }
    }

    /// The document that this is about, if it is about one.
    public var document: DocumentID? {
        switch self {
        case .submit(let header): header.id
        case .show(let header): header.id
        case .hold(let header), .release(let header), .retry(let header), .drop(let header),
            .erase(let header):
            header.id
        default: nil
        }
    }

    /// Whether it is said by workers about their work, and taken however busy the broker is.
    public var isOfWorker: Bool {
        switch self {
        case .ready, .done, .failed, .heartbeat, .bye: true
        default: false
        }
    }

    /// The lease that this is about, if it is about one.
    public var token: LeaseToken? {
        switch self {
        case .done(let header): header.token
        case .failed(let header): header.token
        default: nil
        }
    }

    /// The verb.
    public var verb: VerbToBroker {
        switch self {
        case .submit: .submit
        case .outcome: .outcome
        case .status: .status
        case .list: .list
        case .show: .show
        case .acts: .acts
        case .hold: .hold
        case .release: .release
        case .retry: .retry
        case .drop: .drop
        case .erase: .erase
        case .pause: .pause
        case .resume: .resume
        case .forget: .forget
        case .replay: .replay
        case .ready: .ready
        case .done: .done
        case .failed: .failed
        case .heartbeat: .heartbeat
        case .bye: .bye
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
        case .acts(let header): header.request
        case .replayed(let header): header.request
        case .job, .heartbeat, .bye: nil
        }
    }
}
