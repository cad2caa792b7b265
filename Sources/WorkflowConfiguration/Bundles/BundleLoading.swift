import Glibc

/// Why a folder cannot be read as a configuration.
public struct BundleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Stable: `bundle.unreadable`, `bundle.link`, `bundle.too_many_files`, `bundle.too_large`, `bundle.not_text`.
    public let code: String
    /// One sentence in plain words; names the file by its path inside the folder.
    public let description: String
}

extension ConfigurationBundle {
    /// Reads a configuration folder from the disk: the one place of this module that does any I/O.
    ///
    /// Files whose name begins with a dot, Markdown, CSV, `demo/` and `tests/` are passed over. Links are refused, so that a
    /// department's folder cannot bring in files from elsewhere.
    public static func load(directory: String) throws(BundleError) -> ConfigurationBundle {
        var files: [String: String] = [:]
        try read(directory, below: "", into: &files)
        guard files.values.reduce(0, { $0 + $1.utf8.count }) <= maximumSize else {
            throw BundleError(code: "bundle.too_large", description: "The files are larger than 64 MiB together.")
        }
        return ConfigurationBundle(files: files)
    }

    private static func read(
        _ directory: String, below prefix: String, into files: inout [String: String]
    ) throws(BundleError) {
        guard let handle = opendir(directory) else {
            let shown = prefix.isEmpty ? "The folder" : "The folder `\(prefix)`"
            throw BundleError(code: "bundle.unreadable", description: "\(shown) cannot be read.")
        }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    String(cString: $0)
                }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = prefix + name
            let full = "\(directory)/\(name)"
            var status = stat()
            guard lstat(full, &status) == 0 else {
                throw BundleError(code: "bundle.unreadable", description: "`\(path)` cannot be read.")
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                let depth = path.utf8.count { $0 == UInt8(ascii: "/") }
                guard depth < 8 else {
                    throw BundleError(code: "bundle.unreadable", description: "`\(path)` lies too deep.")
                }
                if isConfiguration("\(path)/x") { try read(full, below: "\(path)/", into: &files) }
            case S_IFREG where isConfiguration(path):
                guard files.count < maximumFiles else {
                    throw BundleError(
                        code: "bundle.too_many_files", description: "There are more than \(maximumFiles) files.")
                }
                files[path] = try text(of: full, size: Int(status.st_size), path: path)
            case S_IFREG: continue
            default:
                throw BundleError(
                    code: "bundle.link", description: "`\(path)` is a link or no file; only files are read.")
            }
        }
    }

    private static func text(of file: String, size: Int, path: String) throws(BundleError) -> String {
        guard size <= YAMLReader.maximumSize else {
            throw BundleError(code: "bundle.too_large", description: "`\(path)` is larger than 1 MiB.")
        }
        let descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw BundleError(code: "bundle.unreadable", description: "`\(path)` cannot be read.")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= YAMLReader.maximumSize {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                throw BundleError(code: "bundle.unreadable", description: "`\(path)` cannot be read.")
            }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw BundleError(code: "bundle.not_text", description: "`\(path)` is not UTF-8 text.")
        }
        return text
    }
}
