/// The name of one instance of a step: its identifier, the rounds of the enclosing repeats and the keys of the enclosing eaches.
///
/// Written `decide`, `decide#2`, `grant[sap]`, `check#2[sap]`; the undo of a step `account!undo`. Plain blocks are not in the name, so
/// regrouping steps is no migration. A first round is written only where the later round of a repeat inside it follows: `fix#1#2`.
public struct InstanceName: Hashable, Comparable, Sendable {
    /// One enclosing scope that multiplies its steps, outermost first.
    public enum Scope: Hashable, Comparable, Sendable {
        /// A round of a repeat, from 1.
        case round(Int)
        /// The key of an element of an each, or the number of a step that was added to an adhoc.
        case key(String)
        /// What takes back the step that the rest of the name says; last, if there.
        case undo
        /// The vote of an approval's voters on the held change of that number; last, if there.
        case change(Int)
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

    /// Whether it takes back what a step did.
    public var isUndo: Bool { scopes.last == .undo }

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
            case .undo: text += "!undo"
            case .change(let number): text += "!change\(number)"
            }
        }
    }

    /// Reads the written form; nil when the text is not one.
    public init?(_ text: some StringProtocol) {
        var scalars = Array(text.unicodeScalars)[...]
        let name = scalars.prefix { $0 != "#" && $0 != "[" && $0 != "!" }
        guard !name.isEmpty else { return nil }
        scalars = scalars.dropFirst(name.count)
        var scopes: [Scope] = []
        while let opening = scalars.popFirst() {
            let scope: Scope?
            switch opening {
            case "#": scope = Self.round(&scalars)
            case "[": scope = Self.key(&scalars)
            case "!": scope = Self.last(scalars)
            default: scope = nil
            }
            guard let scope else { return nil }
            scopes.append(scope)
            if opening == "!" { break }
        }
        guard scopes == Self.written(scopes) else { return nil }
        self.init(StepID(Self.string(name)), scopes: scopes)
    }

    /// What stands behind the `!` that ends a name.
    private static func last(_ scalars: ArraySlice<Unicode.Scalar>) -> Scope? {
        if scalars.elementsEqual("undo".unicodeScalars) { return .undo }
        guard scalars.starts(with: "change".unicodeScalars) else { return nil }
        var digits = scalars.dropFirst(6)
        guard case .round(let number)? = round(&digits), digits.isEmpty else { return nil }
        return .change(number)
    }

    private static func round(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Scope? {
        let digits = scalars.prefix { ("0"..."9").contains($0) }
        guard digits.first != "0", let number = Int(string(digits)) else { return nil }
        scalars = scalars.dropFirst(digits.count)
        return .round(number)
    }

    private static func key(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Scope? {
        var content: [Unicode.Scalar] = []
        while let scalar = scalars.popFirst() {
            if scalar == "]" { return .key(string(content)) }
            guard scalar == "\\" else {
                content.append(scalar)
                continue
            }
            guard let escaped = scalars.popFirst() else { return nil }
            content.append(escaped)
        }
        return nil
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
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
