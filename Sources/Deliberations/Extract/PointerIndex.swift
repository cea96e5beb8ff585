/// Finds the number of a JSON Pointer in a list by a table of hashes with open addressing; the list keeps the pointers.
struct PointerIndex: Hashable, Sendable {
    /// A number of the list plus one, or zero; at least half of the slots are zero.
    private var slots: [Int32]

    /// A table for a list of `capacity` pointers.
    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        slots = [Int32](repeating: 0, count: size)
    }

    /// The number of `pointer`; `isPointer` says whether the pointer of a number is it.
    func find(_ pointer: UnsafeBufferPointer<UInt8>, _ isPointer: (Int) -> Bool) -> Int? {
        let slot = slot(of: pointer, isPointer)
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    /// Enters `pointer` with its number, unless it is there already: then the result is false.
    mutating func insert(
        _ number: Int, _ pointer: UnsafeBufferPointer<UInt8>, _ isPointer: (Int) -> Bool
    ) -> Bool {
        let slot = slot(of: pointer, isPointer)
        guard slots[slot] == 0 else { return false }
        slots[slot] = Int32(truncatingIfNeeded: number + 1)
        return true
    }

    /// The slot that holds `pointer`, or the free one where it belongs.
    private func slot(of pointer: UnsafeBufferPointer<UInt8>, _ isPointer: (Int) -> Bool) -> Int {
        var slot = Self.hash(pointer) & (slots.count - 1)
        while slots[slot] != 0, !isPointer(Int(slots[slot]) - 1) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    /// FNV-1a of 64 bits, eight bytes at a time; the last eight may overlap those before.
    private static func hash(_ pointer: UnsafeBufferPointer<UInt8>) -> Int {
        let raw = UnsafeRawBufferPointer(pointer)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        guard raw.count >= 8 else {
            let rest = raw.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            return Int(truncatingIfNeeded: mixed(hash ^ rest) >> 1)
        }
        var index = 0
        while index + 8 < raw.count {
            hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        // The last byte, by which most pointers differ, as the lowest: only what is low reaches all bits of a product.
        let last = raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)
        hash = mixed(hash ^ UInt64(bigEndian: last))
        return Int(truncatingIfNeeded: hash >> 1)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }

    /// Whether two pointers are the same, compared eight bytes at a time, the last eight first: there most differ.
    static func areEqual(_ one: Slice<UnsafeBufferPointer<UInt8>>, _ other: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let (one, other) = (
            UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: one)),
            UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: other))
        )
        guard one.count == other.count else { return false }
        guard one.count >= 8 else { return one.elementsEqual(other) }
        var index = one.count - 8
        while true {
            let word = one.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word != other.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
            if index == 0 { return true }
            index = max(0, index - 8)
        }
    }
}
