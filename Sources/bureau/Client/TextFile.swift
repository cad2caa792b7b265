import Glibc

/// Reading and writing small files.
enum TextFile {
    /// The UTF-8 text of a file of at most 1 MiB; nil when it cannot be read. `-` is the standard input.
    static func contents(of path: String) -> String? {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= 1 << 20 {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 { return nil }
            if count == 0 { return String(validating: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
        return nil
    }

    /// Gives each line of a file of any size, without its line break; bytes that are no UTF-8 become U+FFFD. `-` is the standard input.
    static func lines(of path: String, _ body: (String) -> Void) throws {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ClientError.usage("\(path) cannot be read: \(reason()).") }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw ClientError.usage("\(path) cannot be read: \(reason()).") }
            if count == 0 { break }
            for byte in buffer[..<count] {
                if byte == UInt8(ascii: "\n") {
                    body(String(decoding: line, as: UTF8.self))
                    line.removeAll(keepingCapacity: true)
                } else {
                    line.append(byte)
                }
            }
        }
        if !line.isEmpty { body(String(decoding: line, as: UTF8.self)) }
    }

    /// Writes a file anew. Throws when it cannot be written.
    static func write(_ text: String, to path: String) throws {
        try write(text, to: path, O_TRUNC)
    }

    /// Writes a file that is not there yet, in a folder that is made when it is not there. Throws when it is, or cannot be written.
    static func create(_ text: String, at path: String) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !folder.isEmpty, mkdir(folder, 0o755) != 0, errno != EEXIST {
            throw ClientError.usage("\(folder) cannot be made: \(reason()).")
        }
        try write(text, to: path, O_EXCL)
    }

    private static func write(_ text: String, to path: String, _ flag: Int32) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | flag | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ClientError.usage("\(path) cannot be written: \(reason()).") }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw ClientError.usage("\(path) cannot be written: \(reason()).") }
            rest = rest.dropFirst(count)
        }
    }

    /// What the system said last.
    private static func reason() -> String { String(cString: strerror(errno)) }
}
