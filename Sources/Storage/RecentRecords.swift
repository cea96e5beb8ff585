/// The records that were appended last, in memory: what is read soon after it was written needs no disk and no checksum.
struct RecentRecords {
    /// What a small record costs: it may keep a whole buffer of the socket alive.
    private static let smallestCost = 8_192

    private let limit: Int
    private var records: [SegmentReference: any StoredBytes] = [:]
    /// The references in their order of arrival; those before `first` are gone.
    private var order: [SegmentReference] = []
    private var first = 0
    private(set) var cost = 0

    /// At most `limit` bytes of records; 0 keeps none.
    init(limit: Int) {
        self.limit = limit
    }

    subscript(reference: SegmentReference) -> (any StoredBytes)? { records[reference] }

    /// Keeps a record and forgets the oldest ones that have no room beside it.
    mutating func add(_ bytes: any StoredBytes, at reference: SegmentReference) {
        let added = Self.cost(reference)
        guard added <= limit else { return }
        while cost + added > limit, first < order.count {
            let oldest = order[first]
            first += 1
            records[oldest] = nil
            cost -= Self.cost(oldest)
        }
        if first > order.count / 2 {
            order.removeFirst(first)
            first = 0
        }
        records[reference] = bytes
        order.append(reference)
        cost += added
    }

    /// Forgets all, when references may come to mean something else.
    mutating func removeAll() {
        self = RecentRecords(limit: limit)
    }

    private static func cost(_ reference: SegmentReference) -> Int { max(smallestCost, reference.length) }
}
