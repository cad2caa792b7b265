/// The files of one configuration, as text. A pure value: compiling it reads nothing else.
public struct ConfigurationBundle: Hashable, Sendable {
    /// Text by path inside the configuration folder, with slashes: `shared/roles.yaml`.
    public let files: [String: String]

    /// Takes the files as they are; what is no configuration is complained about when they are compiled.
    public init(files: [String: String]) {
        self.files = files
    }

    /// The most files of a bundle.
    public static let maximumFiles = 5_000

    /// The most bytes of all its files together.
    public static let maximumSize = 64 << 20

    /// Whether a file inside the folder belongs to the configuration. People of a demonstration, scenario tests and
    /// what is written for readers do not.
    static func isConfiguration(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains(where: { $0.isEmpty || $0.first == "." }) { return false }
        if path.hasSuffix(".md") || path.hasSuffix(".csv") { return false }
        return parts[0] != "demo" && !parts.dropLast().contains("tests")
    }
}
