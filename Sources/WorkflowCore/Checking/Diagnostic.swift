/// A place in a configuration file.
public struct SourceLocation: Hashable, Comparable, Sendable, Codable {
    /// The path inside the configuration folder, with slashes: `departments/hr/requests/leave.yaml`.
    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int
    /// How many scalars of the line are meant, for a caret line; at least 1.
    public let length: Int

    public init(file: String, line: Int, column: Int, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }

    public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

extension SourceLocation: CustomStringConvertible {
    /// `file:line:column`, as compilers say it.
    public var description: String { "\(file):\(line):\(column)" }
}

/// Something that the checker has to say about a configuration.
public struct Diagnostic: Hashable, Sendable, Codable {
    public enum Severity: String, Sendable, Codable {
        /// The configuration cannot be used.
        case error
        case warning
    }

    /// Stable and documented: `config.unknown_key`.
    public let code: String
    public let severity: Severity
    /// One sentence in plain words.
    public let message: String
    /// What to do about it; nil when the message says it already.
    public let hint: String?
    public let location: SourceLocation

    public init(
        code: String, severity: Severity = .error, message: String, hint: String? = nil, location: SourceLocation
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.hint = hint
        self.location = location
    }
}

extension Diagnostic: CustomStringConvertible {
    /// One line, and the hint on a second when there is one.
    public var description: String {
        "\(location): \(severity.rawValue): \(message) [\(code)]" + (hint.map { "\n  hint: \($0)" } ?? "")
    }
}
