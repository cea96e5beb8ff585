import GreffierProtocol

/// What happens when keys are taken off the list while their owners are connected.
extension QueueMachine {
    /// Gives nothing more to workers whose key may not do their stage's work any more, and tells nobody an outcome whose
    /// key is gone.
    /// - Parameter current: the keys on the list, each with the stages whose work it may do.
    mutating func accessChanged(_ current: [String: Set<Stage>]) {
        for worker in workers.values {
            guard let identity = worker.peer.identity,
                current[identity.key].map({ !$0.contains(worker.ready.stage) }) ?? true
            else { continue }
            refuse(.notAllowed, "key \(identity.name) may not do the work of this stage any more", to: worker.peer)
            log(.warning, "a worker's key was taken away", ["worker": worker.name.description])
            revoke(worker)
        }
        watchers.forget { peer in peer.identity.map { current[$0.key] == nil } ?? false }
    }

    /// Its jobs go to others at once: their tokens end, so that what it still makes of them is refused.
    private mutating func revoke(_ worker: Worker) {
        for token in worker.leases {
            if let lease = take(token) { giveBack(lease, .unused) }
        }
        workers[worker.peer] = nil
    }
}
