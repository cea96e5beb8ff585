import Foundation
import Testing

@testable import Register

@Suite("The room that bodies take")
struct BodySpaceTests {
    let folder = TemporaryFolder()

    @Test("A process that is killed leaves little reserved room behind, however many are")
    func killedProcesses() throws {
        let bodies = folder.path + "/bodies"
        let starts = 40
        for _ in 0..<starts {
            let store = try BodyStore(folder: bodies)
            _ = try store.append(Array(repeating: 1, count: 10_000), Array(repeating: 2, count: 10_000))
            try store.synchronize()
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: bodies)
        #expect(files.count == starts)
        let taken = files.reduce(0) { sum, name in
            var status = stat()
            return stat("\(bodies)/\(name)", &status) == 0 ? sum + Int(status.st_blocks) * 512 : sum
        }
        #expect(taken < starts * 200_000, "\(taken) bytes")
    }

    @Test("Room is reserved ahead in steps that grow with what was written")
    func steps() throws {
        let store = try BodyStore(folder: folder.path + "/bodies")
        var sizes: Set<Int> = []
        for number in 0..<200 {
            let body = Array(repeating: UInt8(number), count: 50_000)
            let reference = try store.append(body, [7]).0
            if number % 40 == 0 { #expect(try store.read(reference) == body) }
            var status = stat()
            _ = stat(folder.path + "/bodies/000000000001.bodies", &status)
            sizes.insert(Int(status.st_size))
        }
        // 10 MB in steps of 128 KiB, as much again, and so on.
        #expect(sizes.count < 9, "\(sizes.sorted())")
    }
}
