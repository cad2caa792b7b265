import Expressions
package import WorkflowCore

/// Compiles the files of a version. Given by the composition root, so that the application needs no YAML.
package typealias ConfigurationCompiler =
    @Sendable (_ files: [String: String], _ version: ConfigurationVersion) -> Compilation

/// Why configuration files are not applied.
package struct ConfigurationFaults: Error, Sendable, CustomStringConvertible {
    /// At least one error; in the order of the files.
    package let diagnostics: [Diagnostic]

    package init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

/// A configuration with what deciding under it needs besides.
struct CompiledConfiguration: Sendable {
    let configuration: Configuration
    /// Zones and working time of its organisation.
    let time: TimeFrame
    /// What the checker says of its files: warnings, and the errors that only this release finds in what an earlier one applied.
    let diagnostics: [Diagnostic]
}

/// The content address of configuration files.
package enum ConfigurationAddress {
    /// The hexadecimal SHA-256 over the files in the order of their paths, each as the length of its path (8 bytes, big-endian), the
    /// path, the length of its text and the text.
    package static func version(of files: [String: String]) -> ConfigurationVersion {
        var bytes: [UInt8] = []
        func append(_ text: String) {
            let count = UInt64(text.utf8.count)
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: count >> shift))
            }
            bytes.append(contentsOf: text.utf8)
        }
        for (path, text) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            append(path)
            append(text)
        }
        return ConfigurationVersion(TextForms.hexadecimal(Digest.sha256(bytes)))
    }
}
