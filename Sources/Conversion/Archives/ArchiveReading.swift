/// The files in a ZIP archive. bsdtar writes them one after the other as a tar stream, which is read here: nothing of the
/// archive is written to a disk, and no name in it is a path.
struct ArchiveReading {
    let tools: ToolRunner

    func members(of bytes: [UInt8], _ budget: inout Budget) throws(ConversionError) -> [Member] {
        guard let directory = ZIPDirectory(bytes) else {
            throw .damaged(.zip, reason: "the list of its files, which ends it, is missing")
        }
        let files = directory.entries.filter(\.isFile)
        guard files.count <= budget.limits.archiveFiles else { throw .tooManyFiles(limit: budget.limits.archiveFiles) }
        let stream = try tarStream(of: bytes, budget)
        var expected = Dictionary(files.map { (Content($0), 1) }, uniquingKeysWith: +)
        var members: [Member] = []
        for file in TarStream(stream) {
            try budget.takeFile(bytes: file.content.count)
            // bsdtar writes what it could unpack of damaged data, and says nothing of it.
            guard let left = expected[Content(file)], left > 0 else {
                throw .damaged(.zip, reason: "\(file.name.printable.bounded) is not what its checksum says")
            }
            expected[Content(file)] = left - 1
            guard !Self.isBesideThePoint(file.name) else { continue }
            members.append(Member(name: file.name, bytes: Array(file.content)))
        }
        let missing = expected.values.reduce(0, +)
        guard missing == 0 else { throw .damaged(.zip, reason: "\(missing) of its files cannot be unpacked") }
        return members.sorted { NaturalOrder.precedes($0.name, $1.name) }
    }

    /// What is known of a file's content without it. Names are not compared: bsdtar may write them in another encoding.
    private struct Content: Hashable {
        var checksum: UInt32
        var size: Int

        init(_ entry: ZIPDirectory.Entry) {
            checksum = entry.checksum
            size = entry.size
        }

        init(_ file: TarStream.File) {
            checksum = Checksum32.of(file.content)
            size = file.content.count
        }
    }

    private func tarStream(of bytes: [UInt8], _ budget: Budget) throws(ConversionError) -> [UInt8] {
        let folder = try PrivateFolder()
        try folder.write(bytes, to: ToolRunner.documentName)
        // Headers and padding take at most 2 KiB a file.
        let limit = budget.remainingArchiveBytes + 4_096 * budget.limits.archiveFiles
        let run = ToolRunner.Run(
            tool: .bsdtar,
            arguments: { ["-c", "-f", "-", "--format=gnutar", "@\($0)/\(ToolRunner.documentName)"] },
            outputLimit: limit, onTooMuch: .archiveTooLarge(limit: budget.limits.archiveBytes))
        let result = try tools.run(run, on: folder, budget)
        guard result.status == 0 else {
            let text = result.messages.lowercased()
            throw text.contains("encrypt") || text.contains("passphrase")
                ? .encrypted(.zip) : .damaged(.zip, reason: result.messages)
        }
        return result.output
    }

    /// What file managers and systems leave in archives.
    private static func isBesideThePoint(_ name: String) -> Bool {
        let last = name.split(separator: "/").last ?? ""
        return name.hasPrefix("__MACOSX/") || last.hasPrefix(".") || last == "Thumbs.db" || last == "desktop.ini"
    }
}
