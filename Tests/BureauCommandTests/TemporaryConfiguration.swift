import FoundationEssentials

/// A copy of the tests' organisation that a test may change; gone with the last reference.
final class TemporaryConfiguration {
    let path: String

    init() throws {
        let organisation =
            String(#filePath.prefix(#filePath.count - "Tests/BureauCommandTests/TemporaryConfiguration.swift".count))
            + "Tests/EndToEnd/Organisation"
        path = FileManager.default.temporaryDirectory.path + "/bureau-configuration-\(UInt64.random(in: 0 ... .max))"
        // The folder may be reached through a link, which must not be what is copied.
        try FileManager.default.copyItem(
            at: URL(filePath: organisation).resolvingSymlinksInPath(), to: URL(filePath: path))
    }

    deinit {
        // Best effort: what stays is in the folder for temporary files.
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to file: String) throws {
        try text.write(toFile: "\(path)/\(file)", atomically: true, encoding: .utf8)
    }

    func text(of file: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
    }
}
