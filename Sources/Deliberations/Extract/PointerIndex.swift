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

    /// FNV-1a of 64 bits, eight bytes at a time.
    private static func hash(_ pointer: UnsafeBufferPointer<UInt8>) -> Int {
        let raw = UnsafeRawBufferPointer(pointer)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var index = 0
        while index + 8 <= raw.count {
            hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        for byte in raw[index...] { rest = rest << 8 | UInt64(byte) }
        hash = mixed(hash ^ rest)
        return Int(truncatingIfNeeded: hash >> 1)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }
}
