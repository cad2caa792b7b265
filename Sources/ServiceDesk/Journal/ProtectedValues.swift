import Expressions
import WorkflowCore

/// The content of one row of protected contents: what people entered with one event and one kind of reader.
///
/// `{"entered":{"salary":{"salt":"9f…","value":{"money":"1.00 EUR"}}},"step":"record"}`; `step` names the instance in whose outputs
/// the state holds the values, `"form":true` stands for the request's own form; neither means that only the journal has them.
struct ProtectedValues: Codable, Hashable {
    /// A value and the salt of its digest.
    struct Salted: Codable, Hashable {
        /// 16 random bytes, hexadecimal. Without it nobody can tell an erased value by trying likely ones.
        let salt: String
        let value: Value

        /// What the event holds in the value's place: the hexadecimal SHA-256 over the salt's bytes and the value's JSON text.
        func digest() throws -> String {
            let salt = TextForms.bytes(hexadecimal: salt) ?? []
            return TextForms.hexadecimal(Digest.sha256(salt + Array(try CanonicalJSON.value(value).utf8)))
        }
    }

    var entered: [String: Salted]
    var form: Bool?
    /// Fields of the form that the event left without a value, sorted.
    var cleared: [String]?
    var step: InstanceName?

    init(entered: [String: Salted], place: SensitiveFields.Place?) {
        self.entered = entered
        switch place {
        case .form: form = true
        case .step(let instance): step = instance
        case nil: break
        }
    }

    /// Where a state holds these values.
    var place: SensitiveFields.Place? {
        if let step { return .step(step) }
        return form == true ? .form : nil
    }

    /// What it says of these fields; nil when that is nothing.
    func only(_ names: Set<String>) -> ProtectedValues? {
        var rest = self
        rest.entered = entered.filter { names.contains($0.key) }
        let left = cleared?.filter(names.contains) ?? []
        rest.cleared = left.isEmpty ? nil : left
        return rest.entered.isEmpty && left.isEmpty ? nil : rest
    }

    /// The JSON text, keys sorted.
    func text() throws -> String {
        let values = try entered.map { name, salted in
            let members = [
                ("salt", CanonicalJSON.string(salted.salt)), ("value", try CanonicalJSON.value(salted.value)),
            ]
            return (name, CanonicalJSON.object(members))
        }
        var members = [("entered", CanonicalJSON.object(values))]
        if let cleared {
            members.append(("cleared", "[" + cleared.map(CanonicalJSON.string).joined(separator: ",") + "]"))
        }
        if form == true { members.append(("form", "true")) }
        if let step { members.append(("step", CanonicalJSON.string(step.description))) }
        return CanonicalJSON.object(members)
    }
}
