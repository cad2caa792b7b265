import Glibc

/// Reads the text files of a folder: with the zones, the one place of this module that does any I/O.
struct FolderReader {
    /// Whether a file is read, by its path inside the folder.
    let isWanted: (String) -> Bool
    /// Whether a folder inside may hold such files.
    let mayHold: (String) -> Bool

    /// The texts by path inside the folder, with slashes. Names that begin with a dot are passed over; links are refused.
    func read(_ directory: String) throws(BundleError) -> [String: String] {
        var files: [String: String] = [:]
        try read(directory, below: "", into: &files)
        return files
    }

    private func read(
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
                if mayHold(path) { try read(full, below: "\(path)/", into: &files) }
            case S_IFREG where isWanted(path):
                guard files.count < ConfigurationBundle.maximumFiles else {
                    throw BundleError(
                        code: "bundle.too_many_files",
                        description: "There are more than \(ConfigurationBundle.maximumFiles) files.")
                }
                files[path] = try Self.text(of: full, size: Int(status.st_size), path: path)
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
        // What is no UTF-8 becomes U+FFFD, and whoever reads the file says where. A byte order mark says nothing.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return String(decoding: bytes.starts(with: mark) ? bytes[3...] : bytes[...], as: UTF8.self)
    }
}
