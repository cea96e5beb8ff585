/// A span of time in a header, in milliseconds.
///
/// Whoever reads a header adds its spans to clocks: none may be so long that the sum has no place in 64 bits.
public enum Span {
    /// The shortest and the longest span that a header says: none, and a week.
    public static let milliseconds = 0...604_800_000

    /// `span`, or the nearest one that a header may say.
    static func bounded(_ span: Int) -> Int {
        min(max(span, milliseconds.lowerBound), milliseconds.upperBound)
    }

    static func bound(_ span: inout Int) {
        span = bounded(span)
    }

    static func bound(_ span: inout Int?) {
        span = span.map(bounded)
    }
}

/// A header with spans; what arrives is used only with these in their range.
protocol SpanCarrying {
    /// Brings each span into ``Span/milliseconds``.
    mutating func boundSpans()
}

extension SpanCarrying {
    /// The header with each span in its range.
    var bounded: Self {
        var bounded = self
        bounded.boundSpans()
        return bounded
    }
}

extension OutcomeRequest: SpanCarrying {
    mutating func boundSpans() { Span.bound(&waitMilliseconds) }
}

extension Busy: SpanCarrying {
    mutating func boundSpans() { Span.bound(&retryAfterMilliseconds) }
}

extension Heartbeat: SpanCarrying {
    mutating func boundSpans() {
        Span.bound(&intervalMilliseconds)
        Span.bound(&leaseMilliseconds)
        Span.bound(&longestLeaseMilliseconds)
    }
}

extension Status: SpanCarrying {
    mutating func boundSpans() {
        for index in workers.indices {
            Span.bound(&workers[index].silentMilliseconds)
            Span.bound(&workers[index].busyMilliseconds)
        }
        activity = activity?.map { stage in
            var stage = stage
            Span.bound(&stage.idleMilliseconds)
            return stage
        }
    }
}

extension DocumentHistory: SpanCarrying {
    mutating func boundSpans() {
        for index in history.indices { Span.bound(&history[index].milliseconds) }
    }
}
