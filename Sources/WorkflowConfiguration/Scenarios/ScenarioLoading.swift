extension ScenarioFiles {
    /// Reads what lies beside a configuration: `departments/<id>/tests/` and files of people there and in `demo/`.
    public static func load(directory: String) throws(BundleError) -> ScenarioFiles {
        let files = try FolderReader(isWanted: isWanted, mayHold: mayHold).read(directory)
        guard files.values.reduce(0, { $0 + $1.utf8.count }) <= ConfigurationBundle.maximumSize else {
            throw BundleError(code: "bundle.too_large", description: "The files are larger than 64 MiB together.")
        }
        return ScenarioFiles(
            scenarios: files.filter { !$0.key.hasSuffix(".csv") }, people: files.filter { $0.key.hasSuffix(".csv") })
    }

    private static func isWanted(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        if path.hasSuffix(".csv") { return parts.count > 1 }
        return parts.count > 3 && parts[2] == "tests" && !path.hasSuffix(".md")
    }

    private static func mayHold(_ folder: String) -> Bool {
        let parts = folder.split(separator: "/")
        if parts == ["demo"] { return true }
        return parts[0] == "departments" && parts.count <= 3 && (parts.count < 3 || parts[2] == "tests")
    }
}
