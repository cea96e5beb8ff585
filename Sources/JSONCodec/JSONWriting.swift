/// Appends bytes of JSON text to a buffer that has room for them.
struct JSONWriting {
    private let room: UnsafeMutableBufferPointer<UInt8>
    /// How many bytes of the room are written.
    private(set) var count: Int

    /// Goes on after the first `count` bytes of `room`.
    init(_ room: UnsafeMutableBufferPointer<UInt8>, at count: Int) {
        self.room = room
        self.count = count
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        room[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, let target = room.baseAddress else { return }
        (target + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Appends a member's name of `count` bytes, which needs no escape, and its colon. Names are so short that a call
    /// would cost more than their copying.
    @inline(__always)
    mutating func appendName(_ name: UnsafeRawPointer, count length: Int) {
        append(UInt8(ascii: "\""))
        let target = UnsafeMutableRawBufferPointer(room)
        var copied = 0
        while copied + 8 <= length {
            let eight = name.loadUnaligned(fromByteOffset: copied, as: UInt64.self)
            target.storeBytes(of: eight, toByteOffset: count + copied, as: UInt64.self)
            copied += 8
        }
        while copied < length {
            target[count + copied] = name.load(fromByteOffset: copied, as: UInt8.self)
            copied += 1
        }
        count += length
        append(UInt8(ascii: "\""))
        append(UInt8(ascii: ":"))
    }

    /// Appends a string's text, escaped (RFC 8259 section 7).
    mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while start < text.count {
            let end = JSONStringScan.firstSpecial(in: text, from: start)
            append(UnsafeBufferPointer(rebasing: text[start..<end]))
            if end < text.count { appendEscape(text[end]) }
            start = end + 1
        }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x09: append(UInt8(ascii: "t"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        default:
            append(UInt8(ascii: "u"))
            append(UInt8(ascii: "0"))
            append(UInt8(ascii: "0"))
            append(Self.hexadecimalDigit(byte >> 4))
            append(Self.hexadecimalDigit(byte & 15))
        }
    }

    private static func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }

    /// Appends a number in decimal digits.
    mutating func appendDigits(of value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var digits = 1
        var power: UInt = 10
        // The greatest that is needed, the 19th, has a place in 64 bits.
        while rest >= power {
            digits += 1
            power *= 10
        }
        count += digits
        var place = count
        repeat {
            place -= 1
            room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
    }
}
