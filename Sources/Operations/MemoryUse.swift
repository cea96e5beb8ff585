internal import CMemory
import Foundation

/// How a program uses the memory of the C library.
enum MemoryUse {
    /// One arena a processor, two at least. glibc gives each thread an arena of its own, up to eight a processor, and each
    /// keeps what its thread once needed: documents pass from thread to thread here, so that one is grown by frames that another frees. It also takes larger
    /// and larger blocks out of the heap, where they leave holes, once such a block was freed.
    static func bound() {
        mallopt(M_ARENA_MAX, Int32(clamping: max(2, ProcessInfo.processInfo.activeProcessorCount)))
        mallopt(M_MMAP_THRESHOLD, 256 << 10)
        mallopt(M_TRIM_THRESHOLD, 1 << 20)
    }
}
