import Glibc

/// The right to be the one daemon of a data directory, held until the value goes away.
///
/// `flock` rather than a file that merely exists: the kernel lets go when the holder dies, however it dies.
struct DirectoryLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: a refusal naming the process that holds it.
    init(_ path: String) throws(Refusal) {
        // Close-on-exec: a PostgreSQL that outlives its daemon must not keep the lock.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Refusal(.dataDirectoryUnusable, Files.Failure(operation: "open", path: path, code: errno))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            let holder = Self.holder(of: path).map { "process \($0)" } ?? "another process"
            throw Refusal(
                .anotherDaemon, "The data directory \(Files.parent(of: path)) is in use by \(holder).",
                hint: "Stop that daemon, or choose another data_directory.")
        }
        ftruncate(descriptor, 0)
        let text = Array("\(getpid())\n".utf8)
        // The number is for people; the lock holds without it.
        _ = write(descriptor, text, text.count)
        self.descriptor = descriptor
    }

    deinit {
        // The file stays: removing it would let two processes lock two different files of one name.
        ftruncate(descriptor, 0)
        close(descriptor)
    }

    /// The process that wrote itself into the file, for messages.
    static func holder(of path: String) -> Int? {
        // A file that cannot be read only makes the message less precise.
        guard let text = try? Files.text(of: path) else { return nil }
        return Int(text.prefix { $0.isNumber })
    }
}
