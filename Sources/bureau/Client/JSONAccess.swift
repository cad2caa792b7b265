import JSONText
import WorkflowCore

/// Reading answers: what is absent, null or of another type is nil or empty, so that an older client reads a newer server.
extension JSONValue {
    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self, let member = members[key], member != .null else { return nil }
        return member
    }

    /// The text of a string.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The elements of an array.
    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// Whether it is `true`.
    var isTrue: Bool { self == .bool(true) }

    /// A whole number that fits.
    var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    /// Its text.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}
