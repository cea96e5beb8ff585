import GreffierProtocol
import Storage

extension QueueTransaction {
    /// How old the documents are at each stage that have not ended and are not held.
    ///
    /// Numbers ascend with the time of acceptance, so that the ages are ranges of numbers: the indexes of the states hold
    /// all that is counted.
    func ages() throws -> [StageAges] {
        let starts = try StageAges.minutes.map { try firstNumber(acceptedFrom: time.wallSeconds - $0 * 60 + 1) }
        let columns = starts.map { "SUM(CASE WHEN number >= \($0) THEN 1 ELSE 0 END)" }.joined(separator: ", ")
        var younger: [Stage: [Int]] = [:]
        for state in ["waiting", "leased", "delayed"] {
            try sql.forEach(
                "SELECT stage, COUNT(*), \(columns) FROM documents WHERE state = '\(state)' GROUP BY stage"
            ) { row in
                let counts = try (2..<starts.count + 2).map { Int(try row.integer($0)) } + [Int(try row.integer(1))]
                let stage = try row.stage(0)
                let former = younger[stage] ?? Array(repeating: 0, count: counts.count)
                younger[stage] = zip(former, counts).map { $0 + $1 }
            }
        }
        return younger.sorted { $0.key < $1.key }.map { stage, counts in
            StageAges(stage: stage, documents: zip(counts, [0] + counts).map { $0 - $1 })
        }
    }

    /// The number of the first document accepted at `time` or later, or one past the last; found by halving.
    func firstNumber(acceptedFrom time: Int) throws -> Int64 {
        var low: Int64 = 0
        var high = try sql.first("SELECT MAX(number) FROM documents") { try $0.optionalInteger(0) ?? 0 } ?? 0
        high += 1
        while low < high {
            let middle = low + (high - low) / 2
            let found = try sql.first(
                "SELECT number, accepted_at FROM documents WHERE number >= ? ORDER BY number LIMIT 1",
                [.integer(middle)]
            ) { (number: try $0.integer(0), at: Int(try $0.integer(1))) }
            guard let found, found.at < time else {
                high = middle
                continue
            }
            low = found.number + 1
        }
        return low
    }
}
