import Glibc

/// The few file operations that the daemon needs, on POSIX. Every failure says which path and why.
enum Files {
    /// What went wrong with a path.
    struct Failure: Error, CustomStringConvertible {
        let operation: String
        let path: String
        let code: Int32

        var description: String { "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
    }

    /// What `lstat` says; symbolic links are not followed.
    struct Status {
        let owner: uid_t
        let group: gid_t
        let permissions: mode_t
        let isDirectory: Bool
    }

    /// - Returns: nil when nothing is there.
    static func status(of path: String, followingLinks: Bool = false) throws(Failure) -> Status? {
        var record = stat()
        guard (followingLinks ? stat(path, &record) : lstat(path, &record)) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Failure(operation: "look at", path: path, code: errno)
        }
        return Status(
            owner: record.st_uid, group: record.st_gid, permissions: record.st_mode & 0o7777,
            isDirectory: record.st_mode & S_IFMT == S_IFDIR)
    }

    /// The file's bytes as UTF-8 text (wrong bytes become U+FFFD), at most `limit` of them counted from its end.
    ///
    /// - Returns: nil when nothing is there.
    static func text(of path: String, last limit: Int = .max) throws(Failure) -> String? {
        try bytes(of: path, last: limit).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The file's bytes, at most `limit` of them counted from its end.
    ///
    /// - Returns: nil when nothing is there.
    static func bytes(of path: String, last limit: Int = .max) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Failure(operation: "read", path: path, code: errno)
        }
        defer { close(descriptor) }
        if limit < .max {
            let length = lseek(descriptor, 0, SEEK_END)
            lseek(descriptor, max(0, length - off_t(limit)), SEEK_SET)
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno != EINTR {
                throw Failure(operation: "read", path: path, code: errno)
            }
        }
    }

    /// Replaces the file as a whole, durably: a new file beside it, synced, renamed over it.
    ///
    /// The new file is never opened through a link: the directory may belong to an account that is trusted less than
    /// the daemon.
    ///
    /// - Parameter owner: to whom the file goes; nil: to whoever writes.
    static func replace(
        _ path: String, with text: String, permissions: mode_t, owner: (user: uid_t, group: gid_t)? = nil
    ) throws(Failure) {
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw Failure(operation: "write", path: temporary, code: errno) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw Failure(operation: "write", path: temporary, code: errno)
            }
        }
        guard fchmod(descriptor, permissions) == 0 else {
            throw Failure(operation: "set the permissions of", path: temporary, code: errno)
        }
        if let owner, fchown(descriptor, owner.user, owner.group) != 0 {
            throw Failure(operation: "give away", path: temporary, code: errno)
        }
        guard fsync(descriptor) == 0 else { throw Failure(operation: "sync", path: temporary, code: errno) }
        try move(temporary, to: path)
    }

    /// Renames and syncs the directory of the new name, so that the name survives a power cut.
    static func move(_ path: String, to target: String) throws(Failure) {
        guard rename(path, target) == 0 else {
            throw Failure(operation: "rename \(path) to", path: target, code: errno)
        }
        try sync(parent(of: target))
    }

    /// Flushes a file or directory to the disk.
    static func sync(_ path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(operation: "open", path: path, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure(operation: "sync", path: path, code: errno) }
    }

    /// Makes a directory and those above it that are missing.
    ///
    /// - Returns: whether it was made; false when it was there.
    @discardableResult
    static func makeDirectory(_ path: String, permissions: mode_t) throws(Failure) -> Bool {
        if mkdir(path, permissions) == 0 {
            guard chmod(path, permissions) == 0 else {
                throw Failure(operation: "set the permissions of", path: path, code: errno)
            }
            return true
        }
        switch errno {
        case EEXIST:
            guard try status(of: path, followingLinks: true)?.isDirectory == true else {
                throw Failure(operation: "use as a directory", path: path, code: ENOTDIR)
            }
            return false
        case ENOENT where path != parent(of: path):
            try makeDirectory(parent(of: path), permissions: 0o755)
            return try makeDirectory(path, permissions: permissions)
        default:
            throw Failure(operation: "make the directory", path: path, code: errno)
        }
    }

    /// Removes a directory and all in it, without following links. Nothing there is fine.
    static func removeDirectory(_ path: String) throws(Failure) {
        guard let status = try status(of: path) else { return }
        guard status.isDirectory else {
            guard unlink(path) == 0 else { throw Failure(operation: "remove", path: path, code: errno) }
            return
        }
        for name in names(in: path) { try removeDirectory(path + "/" + name) }
        guard rmdir(path) == 0 else { throw Failure(operation: "remove", path: path, code: errno) }
    }

    /// The path from the root, without links, `.` and `..`; it must exist.
    static func real(_ path: String) throws(Failure) -> String {
        guard let resolved = realpath(path, nil) else { throw Failure(operation: "find", path: path, code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The path from the root, as written; it need not exist.
    static func absolute(_ path: String, from base: String? = nil) -> String {
        if path.hasPrefix("/") { return path }
        var folder = base ?? "."
        if !folder.hasPrefix("/"), let current = getcwd(nil, 0) {
            folder = folder == "." ? String(cString: current) : String(cString: current) + "/" + folder
            free(current)
        }
        let relative = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return relative == "." || relative.isEmpty ? folder : folder + "/" + relative
    }

    /// The directory that holds the path: `/` for `/a`, `.` for `a`.
    static func parent(of path: String) -> String {
        let trimmed = path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
        guard let slash = trimmed.lastIndex(of: "/") else { return "." }
        return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    }

    /// The names in a directory, sorted, without `.` and `..`; none when it cannot be read.
    static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
