/// Writes JSON text into a growing array of UTF-8 bytes.
public struct JSONWriter {
    /// Room for the text; the bytes after the first ``count`` are not written yet.
    private var room: [UInt8]
    private var count = 0
    private var needsComma = false

    /// An empty text with room for `capacity` bytes.
    public init(reserving capacity: Int = 1_024) {
        room = [UInt8](repeating: 0, count: max(capacity, 64))
    }

    /// The text so far.
    public var bytes: [UInt8] { Array(room[..<count]) }

    /// Begins an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Ends the object begun last.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Begins an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Ends the array begun last.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes a member's name, which needs no escape; its value must follow.
    public mutating func name(_ name: StaticString) {
        let length = name.utf8CodeUnitCount
        write(atMost: length + 4) { $0.appendName(UnsafeRawPointer(name.utf8Start), count: length) }
        needsComma = false
    }

    /// Writes a member's name; its value must follow.
    public mutating func name(_ name: String) {
        string(name)
        endName()
    }

    /// Writes a member's name, given in UTF-8; its value must follow.
    public mutating func name(utf8 name: ArraySlice<UInt8>) {
        name.withUnsafeBufferPointer { string(utf8: $0) }
        endName()
    }

    /// Writes a string, escaped.
    public mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string(utf8: $0) }
    }

    /// Writes an integer.
    public mutating func integer(_ value: Int) {
        write(atMost: 24) { $0.appendDigits(of: value) }
        needsComma = true
    }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        let word: StaticString = value ? "true" : "false"
        write(atMost: 8) { $0.append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)) }
        needsComma = true
    }

    /// Writes JSON text that is already whole, such as a stage's stored result.
    public mutating func raw(_ json: some Collection<UInt8>) {
        write(atMost: json.count + 1) { writing in
            for byte in json { writing.append(byte) }
        }
        needsComma = true
    }

    private mutating func begin(_ token: UInt8) {
        write(atMost: 2) { $0.append(token) }
        needsComma = false
    }

    private mutating func end(_ token: UInt8) {
        needsComma = false
        write(atMost: 2) { $0.append(token) }
        needsComma = true
    }

    private mutating func endName() {
        needsComma = false
        write(atMost: 2) { $0.append(UInt8(ascii: ":")) }
    }

    private mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {
        let special = JSONStringScan.firstSpecial(in: text, from: 0)
        // An escape is six bytes at most.
        let length = special == text.count ? text.count : special + 6 * (text.count - special)
        write(atMost: length + 3) { writing in
            writing.append(UInt8(ascii: "\""))
            if special == text.count { writing.append(text) } else { writing.appendEscaped(text) }
            writing.append(UInt8(ascii: "\""))
        }
        needsComma = true
    }

    /// Writes a comma if one is due, and what `body` appends: no more than `length` bytes with the comma.
    @inline(__always)
    private mutating func write(atMost length: Int, _ body: (inout JSONWriting) -> Void) {
        if room.count - count < length { grow(by: length) }
        let start = count
        let needsComma = needsComma
        count = room.withUnsafeMutableBufferPointer { room in
            var writing = JSONWriting(room, at: start)
            if needsComma { writing.append(UInt8(ascii: ",")) }
            body(&writing)
            return writing.count
        }
    }

    @inline(never)
    private mutating func grow(by length: Int) {
        room.append(contentsOf: repeatElement(0, count: max(length, room.count)))
    }
}

extension JSONWriter: JSONMemberVisitor {
    /// Writes a member.
    @inlinable
    public mutating func required<Value: JSONValue>(_ name: StaticString, _ value: inout Value) {
        self.name(name)
        value.write(to: &self)
    }

    /// Writes a member unless it is nil.
    @inlinable
    public mutating func optional<Value: JSONValue>(_ name: StaticString, _ value: inout Value?) {
        guard let value else { return }
        self.name(name)
        value.write(to: &self)
    }
}
