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

    /// Takes the parts as they are.
    public init(file: String, line: Int, column: Int, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }

    /// By file, then from top to bottom.
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
    /// How bad it is.
    public enum Severity: String, Sendable, Codable {
        /// The configuration cannot be used.
        case error
        case warning
    }

    /// Stable and documented: `config.unknown_key`.
    public let code: String
    /// Whether the configuration can still be used.
    public let severity: Severity
    /// One sentence in plain words.
    public let message: String
    /// What to do about it; nil when the message says it already.
    public let hint: String?
    /// Where the caret stands.
    public let location: SourceLocation

    /// Takes the parts as they are.
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
