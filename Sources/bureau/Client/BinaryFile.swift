import Glibc

/// Reading and writing files that people attach.
enum BinaryFile {
    /// The content of a file of at most 1 GB.
    static func contents(of path: String) throws(ClientError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .usage("\(path) cannot be read: \(reason()).") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 { throw .usage("\(path) cannot be read: \(reason()).") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= 1_000_000_000 else { throw .usage("\(path) is larger than any server takes.") }
        }
    }

    /// Writes a file that is not there yet.
    static func create(_ bytes: [UInt8], at path: String) throws(ClientError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .usage("\(path) cannot be written: \(reason()).") }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw .usage("\(path) cannot be written: \(reason()).") }
            rest = rest.dropFirst(count)
        }
    }

    /// What the system said last.
    private static func reason() -> String { String(cString: strerror(errno)) }
}
