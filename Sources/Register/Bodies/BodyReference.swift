/// Where a body lies: file number, the byte at which its record starts, its length. Written `file/offset/length`.
struct BodyReference: Hashable, LosslessStringConvertible {
    let file: Int
    let offset: Int
    let length: Int

    init(file: Int, offset: Int, length: Int) {
        self.file = file
        self.offset = offset
        self.length = length
    }

    init?(_ description: String) {
        let parts = description.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, let file = Int(Substring(parts[0])), let offset = Int(Substring(parts[1])),
            let length = Int(Substring(parts[2])), file > 0, offset >= 0, (0...BodyRecord.maximumBytes).contains(length)
        else { return nil }
        self.init(file: file, offset: offset, length: length)
    }

    var description: String { "\(file)/\(offset)/\(length)" }
}
