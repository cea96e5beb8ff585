import GreffierProtocol
import Storage

extension QueueMachine {
    mutating func submit(_ submit: Submit, _ payload: [any StoredBytes], from peer: Peer) {
        var submit = submit
        // Who has a key is one source, whatever it says: sources are served in turn, and see their own documents only.
        if let identity = peer.identity { submit.source = identity.name }
        guard let body = payload.first, payload.count == 1 else {
            return refuse(
                .wrongPayload, "SUBMIT has one payload frame", to: peer, id: submit.id, request: submit.request)
        }
        if let (code, message) = problem(of: submit, body) {
            return refuse(code, message, to: peer, id: submit.id, request: submit.request)
        }
        if let reason = busyReason(for: submit) ?? crowdingReason(peer) { return busy(reason, submit, to: peer) }
        let ticket = nextTicket()
        submissions[ticket] = Submission(peer: peer, submit: submit, body: body)
        inFlightBytes += body.count
        submitting.add(1, by: Asker(peer))
        actions.append(.verify(ticket, submit.id, body))
    }

    private func problem(of submit: Submit, _ body: any StoredBytes) -> (RefusalCode, BoundedText)? {
        if body.count != submit.size {
            return (.wrongSize, "the header says \(submit.size) bytes, \(body.count) came: send the document again")
        }
        if body.count == 0 { return (.empty, "the document has no bytes: push the file once it is written") }
        if body.count > settings.documentBytes {
            return (
                .tooLarge,
                "the document has \(body.count) bytes, at most \(settings.documentBytes) are accepted (limits.document)"
            )
        }
        let longest = max(submit.name.utf8.count, submit.source.utf8.count, submit.mediaType?.utf8.count ?? 0)
        if longest > ProtocolLimits.nameBytes {
            return (.tooLarge, "a name has \(longest) bytes, at most \(ProtocolLimits.nameBytes) are accepted")
        }
        return nil
    }

    private func busyReason(for submit: Submit) -> BoundedText? {
        if mode != .running { return "the broker is \(mode.rawValue)" }
        if let diskFullUntil, now.monotonic < diskFullUntil { return "disk: no space is left" }
        if freeBytes < settings.lowWaterBytes + inFlightBytes {
            return """
                disk: \(freeBytes) bytes are free, \(settings.lowWaterBytes) are kept to finish what was accepted \
                (limits.freeDisk)
                """
        }
        if queuedBytes + inFlightBytes + submit.size > settings.queuedBytes {
            return "queue: \(queuedBytes) bytes wait, at most \(settings.queuedBytes) may (limits.queue)"
        }
        if inFlightBytes > settings.inFlightBytes {
            return """
                store: \(inFlightBytes) bytes are on their way to the disk, at most \(settings.inFlightBytes) may \
                (limits.storing)
                """
        }
        let waitingOfSource = waiting[.ingest]?.count(of: ExactName(submit.source)) ?? 0
        if waitingOfSource >= settings.sourceDocuments {
            return """
                source: \(waitingOfSource) of its documents wait, at most \(settings.sourceDocuments) may \
                (limits.sourceDocuments)
                """
        }
        if let ingest = waiting[.ingest], ingest.sources >= settings.sources, !ingest.contains(ExactName(submit.source))
        {
            return "sources: \(ingest.sources) have documents waiting, at most \(settings.sources) may (limits.sources)"
        }
        return nil
    }

    private func crowdingReason(_ peer: Peer) -> BoundedText? {
        guard submitting.isCrowding(1, of: peer, share: settings.submissions) else { return nil }
        return """
            rate: \(settings.submissions) documents of yours are on their way, and others push too: wait for answers \
            (limits.submissions)
            """
    }

    private mutating func busy(_ reason: BoundedText, _ submit: Submit, to peer: Peer, after wait: Int? = nil) {
        let busy = Busy(
            reason: reason, retryAfterMilliseconds: wait ?? settings.retryAfter, id: submit.id, request: submit.request)
        send(.busy(busy), to: peer)
    }

    mutating func verified(_ ticket: Ticket, _ matches: Bool) {
        guard let submission = submissions.removeValue(forKey: ticket) else { return }
        let submit = submission.submit
        guard matches else {
            inFlightBytes -= submission.body.count
            submitting.add(-1, by: Asker(submission.peer))
            return refuse(
                .wrongDigest, "the bytes do not have the SHA-256 that is their id: send the document again",
                to: submission.peer, id: submit.id, request: submit.request)
        }
        let isProved = submission.peer.identity != nil
        let only = submission.peer.onlySource
        let limits = SourceLimits(
            unfinishedBytes: settings.sourceBytes, keptBytes: settings.sourceKeptBytes)
        store(
            .accept(submit, body: submission.body, isProved: isProved, only: only, limits: limits), .accept(submission))
        add(WaitingJobs(stage: .ingest, source: ExactName(submit.source), suspect: false, count: 1))
    }

    mutating func accepted(_ submission: Submission, _ result: Result<StoreAnswer, StorageError>) {
        inFlightBytes -= submission.body.count
        submitting.add(-1, by: Asker(submission.peer))
        let (submit, peer) = (submission.submit, submission.peer)
        switch result {
        case .success(.accepted(let generation)):
            activity.accept()
            noteRoom()
            send(.accepted(Accepted(id: submit.id, generation: generation, request: submit.request)), to: peer)
        case .success(.known(let state)):
            send(.known(Known(id: submit.id, state: state, request: submit.request)), to: peer)
        case .success(.sourceFull(let excess)):
            // What is kept goes by an operator's hand or after weeks: nobody need upload it each second.
            let wait = excess.isKept ? 60 * settings.retryAfter : 5 * settings.retryAfter
            busy(excess.reason, submit, to: peer, after: wait)
        case .success(.foreign(let replaced)):
            let reason =
                "`replaces` names \(replaced), which another pushed: correct your own documents, or ask its pusher"
            refuse(.foreignDocument, BoundedText(reason), to: peer, id: submit.id, request: submit.request)
        case .success(.erased):
            let reason = "an operator had it erased, and it is not taken again: ask who keeps Greffier (greffier acts)"
            refuse(.wrongState, BoundedText(reason), to: peer, id: submit.id, request: submit.request)
        case .failure(let error) where error.isDiskFull:
            busy("disk: no space is left", submit, to: peer)
        case .failure(let error):
            refuse(.storeFailing, BoundedText("\(error)"), to: peer, id: submit.id, request: submit.request)
        case .success:
            break
        }
    }
}

extension SourceExcess {
    fileprivate var isKept: Bool {
        if case .kept = self { true } else { false }
    }

    /// What its pusher is told.
    fileprivate var reason: BoundedText {
        switch self {
        case .unfinished(let bytes, let limit):
            "source: \(bytes) bytes of its documents wait, at most \(limit) may (limits.sourceBytes)"
        case .kept(let bytes, let limit):
            """
            source: \(bytes) bytes of its documents are held, or were refused and are kept, at most \(limit) may \
            (limits.sourceKept): an operator releases or drops what is held, or forgets what was refused
            """
        }
    }
}
