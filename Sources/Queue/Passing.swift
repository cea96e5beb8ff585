import GreffierProtocol
import Storage

/// What happens because time passes.
extension QueueMachine {
    mutating func tick(listening: Bool) {
        if listening {
            forgiveDeafness()
            for worker in workers.values where now.monotonic - worker.heard >= settings.lease {
                bury(worker)
            }
            endLeases()
        }
        for worker in workers.values where now.monotonic - worker.spoken >= settings.heartbeat {
            sendHeartbeat(to: worker.peer)
        }
        for watcher in watchers.expired(at: now.monotonic) {
            let request = OutcomeRequest(ids: [watcher.id], request: watcher.request)
            store(.outcome([watcher.id], for: watcher.peer.onlySource), .outcome(watcher.peer, request))
        }
        if opening.isShared { beat() }
        purge()
        if delayed, !isWaking, mode == .running {
            isWaking = true
            store(.wake, .wake)
        }
    }

    /// Nobody is blamed for what the broker could not hear while it waited for its disk, or was itself stopped.
    private mutating func forgiveDeafness() {
        let gap = now.monotonic - listened
        listened = now.monotonic
        guard gap >= settings.lease / 2 else { return }
        for worker in workers.values {
            let heard = min(now.monotonic, worker.heard + gap)
            workers[worker.peer]?.heard = heard
        }
        for (token, lease) in leases {
            leases[token]?.end = lease.end.map { $0 + gap }
        }
    }

    /// The worker is silent for longer than a lease lasts.
    private mutating func bury(_ worker: Worker) {
        let alone = worker.leases.count == 1
        for token in worker.leases {
            guard let lease = take(token) else { continue }
            if !worker.isServing || lease.end != nil {
                giveBack(lease, .unused)
            } else {
                giveBack(lease, death(.silence, alone: alone))
            }
        }
        workers[worker.peer] = nil
        if worker.leaving, worker.leases.isEmpty { return }
        log(
            worker.leases.isEmpty ? .info : .warning, "worker fell silent",
            [
                "worker": worker.name.description, "stage": worker.ready.stage.rawValue,
                "leased": "\(worker.leases.count)",
            ])
    }

    private func death(_ death: GiveBack.Death, alone: Bool) -> GiveBack {
        alone ? .died(death, limit: settings.deaths, window: settings.deathWindow) : .suspect(death)
    }

    /// Ends leases whose time is over whatever their workers say.
    private mutating func endLeases() {
        for (token, lease) in leases {
            if let end = lease.end, end <= now.monotonic {
                guard let lease = take(token) else { continue }
                switch lease.ending {
                case .unused: giveBack(lease, .unused)
                case .crowded: giveBack(lease, death(.silence, alone: false))
                case .alone: giveBack(lease, death(.silence, alone: true))
                }
            } else if lastEnd(of: lease) <= now.monotonic {
                endOutlived(token)
            }
        }
    }

    /// The longest lease counts from the beginning of the work, where its worker says that. What it has not begun after two
    /// of them it never will.
    private func lastEnd(of lease: Lease) -> MonotonicTime {
        if let begun = lease.begun { return begun + settings.longestLease }
        let tells = lease.worker.flatMap { workers[$0] }?.tellsBegun ?? false
        return lease.granted + (tells ? 2 : 1) * settings.longestLease
    }

    /// A job that does not end, though its worker lives: alone with its worker it counts as a death. That worker gets
    /// nothing more before it answers, as its thread is lost until then.
    private mutating func endOutlived(_ token: LeaseToken) {
        let worker = leases[token]?.worker.flatMap { workers[$0] }
        let alone = worker.map { $0.leases.count == 1 && $0.outlived.isEmpty } ?? false
        guard let lease = take(token) else { return }
        if let peer = lease.worker { workers[peer]?.outlived.insert(token) }
        log(.warning, "a lease lasted too long", ["id": "\(lease.job.id)", "worker": lease.job.worker.text])
        giveBack(lease, death(.overtime, alone: alone))
    }

    mutating func woken(_ result: Result<StoreAnswer, StorageError>) {
        isWaking = false
        guard case .success(.woken(let jobs, let more)) = result else { return }
        delayed = more
        for job in jobs { add(job) }
    }

    mutating func measured(free: Int?, queued: Int?) {
        if let queued { queuedBytes = queued }
        guard let free else { return }
        let (was, low) = (freeBytes, settings.lowWaterBytes)
        if free < low, was >= low {
            log(.error, "the disk is nearly full: nothing new is accepted", ["free": "\(free)", "kept": "\(low)"])
        } else if free >= low, was < low {
            log(.info, "the disk has room again", ["free": "\(free)"])
        }
        freeBytes = free
    }

    /// The store has no space left. A server's disk cannot be measured: only what is pushed later tells whether it has.
    mutating func noteFullDisk() {
        if diskFullUntil == nil {
            log(.error, "the store's disk is full: nothing new is accepted; it is tried again by itself")
        }
        diskFullUntil = now.monotonic + settings.fullDiskPause
    }

    /// The store has kept a document.
    mutating func noteRoom() {
        guard diskFullUntil != nil else { return }
        diskFullUntil = nil
        log(.info, "the disk has room again")
    }

    /// Begins to end: no new lease, nothing new accepted, what is on its way is finished.
    mutating func drain() {
        guard mode == .running else { return }
        mode = .draining
        drainEnd = now.monotonic + settings.drain
        for peer in workers.keys { send(.bye(Bye(reason: "the broker ends and will be back")), to: peer) }
        log(.info, "draining", ["leased": "\(leases.count)", "pending": "\(pending.count)"])
    }

    mutating func finishDraining() {
        guard mode == .draining, let drainEnd else { return }
        let isLate = now.monotonic >= drainEnd
        let isSettled = pending.count == (isBeating ? 1 : 0) && submissions.isEmpty
        let isHeld = leases.values.contains { $0.worker != nil }
        guard isSettled && !isHeld || isLate && (isSettled || now.monotonic >= drainEnd + settings.drain) else {
            return
        }
        mode = .stopped
        actions.append(.stop(failure: nil))
    }

    /// The store takes no more work: nothing is acknowledged any more, and the program must start anew.
    mutating func failStore(_ error: StorageError) {
        guard mode != .storeFailing, mode != .stopped else { return }
        mode = .storeFailing
        log(.error, "the store fails: nothing is accepted until the broker is started again", ["error": "\(error)"])
        actions.append(.stop(failure: error))
    }
}
