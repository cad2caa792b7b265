/// The name of one instance of a step: its identifier, the rounds of the enclosing repeats and the keys of the enclosing eaches.
///
/// Written `decide`, `decide#2`, `grant[sap]`, `check#2[sap]`. Plain blocks are not in the name, so regrouping steps is no migration.
public struct InstanceName: Hashable, Comparable, Sendable {
    /// One enclosing scope that multiplies its steps, outermost first.
    public enum Scope: Hashable, Comparable, Sendable {
        /// A round of a repeat, from 2; the first round is not written.
        case round(Int)
        /// The key of an element of an each.
        case key(String)
    }

    /// Which step of the request type.
    public let step: StepID
    /// Outermost first; empty for steps in plain blocks only.
    public let scopes: [Scope]

    /// Takes the parts as they are.
    public init(_ step: StepID, scopes: [Scope] = []) {
        self.step = step
        self.scopes = scopes
    }

    /// By step, then by scopes.
    public static func < (left: InstanceName, right: InstanceName) -> Bool {
        if left.step != right.step { return left.step < right.step }
        return left.scopes.lexicographicallyPrecedes(right.scopes)
    }
}

extension InstanceName: CustomStringConvertible {
    /// The written form; `]` and `\` in keys stand behind a `\`.
    public var description: String {
        scopes.reduce(into: step.text) { text, scope in
            switch scope {
            case .round(let number): text += "#\(number)"
            case .key(let key):
                text += "["
                for character in key.unicodeScalars {
                    if character == "]" || character == "\\" { text += "\\" }
                    text.unicodeScalars.append(character)
                }
                text += "]"
            }
        }
    }

    /// Reads the written form; nil when the text is not one.
    public init?(_ text: some StringProtocol) {
        let scalars = Array(text.unicodeScalars)
        guard let end = scalars.firstIndex(where: { $0 == "#" || $0 == "[" }) ?? .some(scalars.count), end > 0 else {
            return nil
        }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[..<end])
        var scopes: [Scope] = []
        var position = end
        while position < scalars.count {
            let opening = scalars[position]
            position += 1
            var content = String.UnicodeScalarView()
            if opening == "#" {
                while position < scalars.count, scalars[position] != "#", scalars[position] != "[" {
                    content.append(scalars[position])
                    position += 1
                }
                guard let number = Int(String(content)), number >= 2 else { return nil }
                scopes.append(.round(number))
            } else if opening == "[" {
                var isClosed = false
                while position < scalars.count, !isClosed {
                    var scalar = scalars[position]
                    position += 1
                    if scalar == "]" {
                        isClosed = true
                        continue
                    }
                    if scalar == "\\" {
                        guard position < scalars.count else { return nil }
                        scalar = scalars[position]
                        position += 1
                    }
                    content.append(scalar)
                }
                guard isClosed else { return nil }
                scopes.append(.key(String(content)))
            } else {
                return nil
            }
        }
        self.init(StepID(String(name)), scopes: scopes)
    }
}

extension InstanceName: Codable {
    /// Reads the written form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let name = InstanceName(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the name of a step instance")
        }
        self = name
    }

    /// Writes the written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
