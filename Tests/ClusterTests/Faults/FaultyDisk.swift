import Foundation

/// A disk of its own (ext4 in a file) that fails as real ones do, mounted on a host of the test's and gone with it.
final class FaultyDisk {
    private let host: VirtualHost
    private let image: String
    private let place: String

    /// Why this machine can mount none; nil where it can.
    static let obstacle: String? = {
        if let obstacle = VirtualHost.obstacle { return obstacle }
        let image = "/tmp/greffier-disk-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: image) }
        let trial =
            "mkdir \(image) && truncate -s 8M \(image)/disk && mkfs.ext4 -q \(image)/disk && mkdir \(image)/on && "
            + "mount -o loop \(image)/disk \(image)/on && ls /sys/fs/ext4/*/trigger_fs_error"
        do {
            try Shell.run("unshare --mount sh -c '\(trial)'")
        } catch {
            return "this machine mounts no disk of a test's own: \(error)"
        }
        return nil
    }()

    /// Makes a disk and mounts it at `place`, on `host` alone.
    init(megabytes: Int, at place: String, on host: VirtualHost) throws {
        self.host = host
        self.place = place
        image = place + ".disk"
        try Shell.run("mkdir -m 700 \(place) && truncate -s \(megabytes)M \(image) && mkfs.ext4 -q -m 0 \(image)")
        try mount()
        try host.run("rmdir \(place)/lost+found; chmod 700 \(place)")
    }

    /// Fills it to the last byte with a file that is nobody's.
    func fill() throws {
        try host.run(
            "cat /dev/zero >\(place)/filler 2>/dev/null; for n in 1 2 3; do echo >>\(place)/filler; done; true")
    }

    /// Removes that file.
    func free() throws { try host.run("rm \(place)/filler") }

    /// Makes it read-only under the programs that have files open, as ext4 does after an error of the hardware.
    func becomeReadOnly() throws {
        let device = try host.run("findmnt -n -o SOURCE \(place)").trimmingCharacters(in: .whitespacesAndNewlines)
        let trigger = "/sys/fs/ext4/\(URL(fileURLWithPath: device).lastPathComponent)/trigger_fs_error"
        try host.run("echo 1 >\(trigger)")
    }

    /// Drops all that was written and not synchronised, and answers nothing any more (EXT4_IOC_SHUTDOWN, without flushing the
    /// log).
    func losePower() throws {
        try host.run("python3 \(Script.path("shut_down.py")) \(place)")
    }

    /// Mounts it again, as the next start of its machine does. Nothing may have a file open on it.
    func restart() throws {
        try host.run("umount \(place)")
        try mount()
    }

    private func mount() throws { try host.run("mount -o loop,errors=remount-ro \(image) \(place)") }
}
