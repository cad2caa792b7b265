import JSONText
import WorkflowCore

/// The members of a JSON object from outside. Read strictly: an object with one name twice, wrong UTF-8 and the like is none.
struct JSONMembers {
    let members: [String: JSONValue]

    /// Nil for what is no JSON object.
    init?(_ bytes: [UInt8]) {
        // What is wrong with it helps nobody: it is another program's, and may hold secrets.
        guard case .object(let members)? = try? JSONReader.value(of: bytes) else { return nil }
        self.members = members
    }

    init?(_ value: JSONValue?) {
        guard case .object(let members)? = value else { return nil }
        self.members = members
    }

    subscript(_ name: String) -> JSONValue? { members[name] }

    /// The text of that name; nil when there is none.
    func text(_ name: String) -> String? {
        guard case .string(let text)? = members[name] else { return nil }
        return text
    }

    /// The texts of an array; nil when there is no array or anything else in it.
    func texts(_ name: String) -> [String]? {
        guard case .array(let elements)? = members[name] else { return nil }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { return nil }
            texts.append(text)
        }
        return texts
    }

    /// Whether `true` stands there.
    func flag(_ name: String) -> Bool { members[name] == .bool(true) }
}
