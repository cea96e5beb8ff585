import Foundation

/// Faults that a library loaded before the C library makes: synchronisations that fail or take their time, and a clock of the
/// day that jumps. Leases and waits have another clock, as with a real jump.
final class Preload {
    private let control: FileHandle
    private let library: String
    private let file: String
    private var numbers: [Int64] = [0, 0, 0]

    /// Why it cannot be made here; nil where it can.
    static let obstacle: String? = {
        compiler == nil ? "there is no C compiler" : nil
    }()

    private static let compiler: String? = ["cc", "clang", "gcc"].first {
        (try? Shell.run("command -v \($0)")) != nil
    }

    /// Compiles the library.
    init(in folder: TestFolder) throws {
        library = folder.path("faults.so")
        file = folder.path("faults")
        try Shell.run("\(Self.compiler ?? "cc") -shared -fPIC -O1 -o \(library) \(Script.path("faults.c")) -ldl")
        try folder.write("faults", [UInt8](repeating: 0, count: 24))
        guard let control = FileHandle(forWritingAtPath: file) else { throw NeverCame(description: "no \(file)") }
        self.control = control
    }

    /// The environment of the programs that meet the faults.
    var environment: [String: String] { ["LD_PRELOAD": library, "FAULTS": file] }

    /// Every synchronisation fails with this; nil for none.
    func failSynchronisations(with error: Int32?) throws { try set(0, Int64(error ?? 0)) }

    /// Every synchronisation takes as long.
    func delaySynchronisations(milliseconds: Int64) throws { try set(1, milliseconds) }

    /// The clock of the day is ahead of the machine's by as much, or behind it.
    func setClock(ahead hours: Int64) throws { try set(2, hours * 3_600) }

    private func set(_ index: Int, _ value: Int64) throws {
        numbers[index] = value
        try control.seek(toOffset: UInt64(8 * index))
        try control.write(contentsOf: withUnsafeBytes(of: value) { Data($0) })
    }
}
