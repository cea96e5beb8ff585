import Deliberations

/// The order in which the items of the agenda were taken. Items are compared by their position in it, never by number.
struct AgendaOrder {
    /// Whether the document prints the order of passage.
    let isPrinted: Bool
    /// The items by position; position 1 is the first.
    let items: [AgendaItem]
    private var positions: [Key: Int] = [:]

    /// How many positions there are, at least one.
    var count: Int { max(1, items.count) }

    /// The printed order or, where there is none, the items that the Extract mentions, by number.
    init(of extract: Extract) {
        if let printed = extract.session.orderOfPassage, !printed.isEmpty {
            isPrinted = true
            items = printed
        } else {
            isPrinted = false
            items = Self.mentionedItems(of: extract)
        }
        positions.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            guard let key = Key(item), positions[key] == nil else { continue }
            positions[key] = index + 1
        }
    }

    /// The position of `item`, or nil if it is not in the order.
    func position(of item: AgendaItem) -> Int? {
        Key(item).flatMap { positions[$0] }
    }

    /// The items at `positions`, as people read them: "1, 3 à 7".
    func describe(_ positions: [Int]) -> String {
        let numbers = positions.map { $0 <= items.count ? Key(items[$0 - 1])?.wholeNumber : nil }
        if numbers.allSatisfy({ $0 != nil }) { return French.runs(numbers.compactMap(\.self)) }
        return French.list(positions.map { $0 <= items.count ? items[$0 - 1].text : "\($0)" })
    }

    private static func mentionedItems(of extract: Extract) -> [AgendaItem] {
        var keyed: [Key: AgendaItem] = [:]
        func note(_ item: AgendaItem?) {
            guard let item, let key = Key(item), keyed[key] == nil else { return }
            keyed[key] = item
        }
        func note(_ attendance: Attendance) {
            for range in (attendance.present ?? []).lazy.flatMap(\.presence) {
                note(range.from)
                note(range.through)
            }
            for range in (attendance.proxies ?? []).lazy.compactMap(\.during) {
                note(range.from)
                note(range.through)
            }
        }
        note(extract.attendance)
        for deliberation in extract.deliberations {
            note(deliberation.item)
            if let attendance = deliberation.attendance { note(attendance) }
        }
        return keyed.sorted { $0.key < $1.key }.map(\.value)
    }

    /// An item's number as something that can be ordered: 2 < 2.1 < 2 bis < 3.
    struct Key: Hashable, Comparable {
        private let numbers: UInt64
        private let suffix: UInt64

        /// Nil if the item does not begin with a number.
        init?(_ item: AgendaItem) {
            var text = item.text
            let parsed = text.withUTF8 { Self.parse($0) }
            guard let parsed else { return nil }
            (numbers, suffix) = parsed
        }

        /// The number, if the item is nothing else.
        var wholeNumber: Int? {
            suffix == 0 && numbers & 0xFFFF_FFFF_FFFF == 0 ? Int(numbers >> 48) : nil
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.numbers >> 48, left.suffix, left.numbers) < (right.numbers >> 48, right.suffix, right.numbers)
        }

        private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
            var packed: UInt64 = 0
            var count: UInt64 = 0
            var suffix: UInt64 = 0
            var number: UInt64?
            func finish() {
                guard let finished = number else { return }
                if count < 4 { packed |= finished << (48 - 16 * count) }
                count += 1
                number = nil
            }
            for byte in bytes {
                switch byte {
                case 0x30...0x39:
                    number = ((number ?? 0) * 10 + UInt64(byte - 0x30)) & 0xFFFF
                case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: " "):
                    finish()
                default:
                    suffix = (suffix << 8 | UInt64(byte & 0xDF)) & 0xFF_FFFF_FFFF
                }
            }
            finish()
            return (1...4).contains(count) ? (packed, suffix) : nil
        }
    }
}
