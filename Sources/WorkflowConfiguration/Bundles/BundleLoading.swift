/// Why a folder cannot be read as a configuration.
public struct BundleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Stable: `bundle.unreadable`, `bundle.link`, `bundle.too_many_files`, `bundle.too_large`.
    public let code: String
    /// One sentence in plain words; names the file by its path inside the folder.
    public let description: String
}

extension ConfigurationBundle {
    /// Reads a configuration folder from the disk.
    ///
    /// Files whose name begins with a dot, Markdown, CSV, `demo/` and `tests/` are passed over. Links are refused, so that a
    /// department's folder cannot bring in files from elsewhere.
    public static func load(directory: String) throws(BundleError) -> ConfigurationBundle {
        let files = try FolderReader(isWanted: isConfiguration, mayHold: { isConfiguration("\($0)/x") }).read(directory)
        guard files.values.reduce(0, { $0 + $1.utf8.count }) <= maximumSize else {
            throw BundleError(code: "bundle.too_large", description: "The files are larger than 64 MiB together.")
        }
        return ConfigurationBundle(files: files)
    }
}
