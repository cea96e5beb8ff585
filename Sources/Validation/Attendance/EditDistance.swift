/// How many insertions, deletions, replacements and exchanges of neighbours lead from one word to another
/// (the restricted Damerau-Levenshtein distance).
enum EditDistance {
    /// The distance, or nil if it is greater than `limit`.
    static func between(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit, differingLetters(left, right) <= 2 * limit else { return nil }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                let width = right.count + 1
                return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * width) { cells in
                    between(left, right, atMost: limit, cells, width: width)
                }
            }
        }
    }

    /// How many letters stand in one word alone: no step changes more than two.
    private static func differingLetters(_ left: [UInt8], _ right: [UInt8]) -> Int {
        func letters(_ word: [UInt8]) -> UInt64 { word.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
        return (letters(left) ^ letters(right)).nonzeroBitCount
    }

    /// Fills rows of the table of distances, three of which are kept, and of each row only the cells that can stay
    /// within `limit`: those no farther than that from the diagonal.
    private static func between(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, atMost limit: Int,
        _ cells: UnsafeMutableBufferPointer<Int>, width: Int
    ) -> Int? {
        let beyond = limit + 1
        for column in 0..<width {
            cells[column] = beyond
            cells[width + column] = min(column, beyond)
            cells[2 * width + column] = beyond
        }
        var (beforePrevious, previous, current) = (0, width, 2 * width)
        for row in 0..<left.count {
            cells[current] = min(row + 1, beyond)
            var best = cells[current]
            let first = max(0, row - limit)
            if first > 0 { cells[current + first] = beyond }
            for column in first..<max(first, min(right.count, row + limit + 1)) {
                var cost = cells[previous + column] + (left[row] == right[column] ? 0 : 1)
                cost = min(cost, cells[previous + column + 1] + 1, cells[current + column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, cells[beforePrevious + column - 1] + 1)
                }
                cells[current + column + 1] = cost
                best = min(best, cost)
            }
            if row + limit + 1 < right.count { cells[current + row + limit + 2] = beyond }
            if best > limit { return nil }
            (beforePrevious, previous, current) = (previous, current, beforePrevious)
        }
        let distance = cells[previous + right.count]
        return distance <= limit ? distance : nil
    }
}
