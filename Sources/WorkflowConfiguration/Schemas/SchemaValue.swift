/// A JSON value whose members keep their order, as people read schemas.
indirect enum SchemaValue: Sendable {
    case text(String)
    case flag(Bool)
    case number(Int)
    case array([SchemaValue])
    case object([(String, SchemaValue)])

    /// Indented by two spaces.
    func text(indentation: Int = 0) -> String {
        let outer = String(repeating: "  ", count: indentation), inner = outer + "  "
        switch self {
        case .text(let text): return Self.quoted(text)
        case .flag(let flag): return flag ? "true" : "false"
        case .number(let number): return "\(number)"
        case .array(let values):
            let lines = values.map { $0.text(indentation: indentation + 1) }
            let line = "[" + lines.joined(separator: ", ") + "]"
            if line.utf8.count < 100, !line.contains("\n") { return line }
            return "[\n" + lines.map { inner + $0 }.joined(separator: ",\n") + "\n\(outer)]"
        case .object(let members):
            let lines = members.map { "\(Self.quoted($0.0)): \($0.1.text(indentation: indentation + 1))" }
            let line = "{" + lines.joined(separator: ", ") + "}"
            if line.utf8.count < 90, !line.contains("\n") { return line }
            return "{\n" + lines.map { inner + $0 }.joined(separator: ",\n") + "\n\(outer)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
