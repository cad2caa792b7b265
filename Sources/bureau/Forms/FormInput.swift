import JSONText
import WorkflowCore

/// What was entered on the command line.
struct FormInput {
    /// Texts by field, in the order written.
    var texts: [String: [String]] = [:]
    /// What a JSON file holds.
    var values: [String: JSONValue] = [:]

    init(fields: [String], jsonForm: String?) throws(ClientError) {
        for field in fields {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw .usage("--field takes name=value, not “\(field)”.")
            }
            texts[String(parts[0]), default: []].append(String(parts[1]))
        }
        if let jsonForm { values = try Self.read(jsonForm) }
    }

    private static func read(_ path: String) throws(ClientError) -> [String: JSONValue] {
        guard let text = TextFile.contents(of: path) else { throw .usage("\(path) cannot be read.") }
        do {
            guard case .object(let members) = try JSONReader.value(of: text) else {
                throw ClientError.usage("\(path) must hold a JSON object.")
            }
            return members
        } catch let error as ClientError {
            throw error
        } catch {
            throw .usage("\(path): \(error)")
        }
    }

    /// The entries by field; text that belongs to no field of the form stays text.
    func entries(for form: [FormField]) -> [String: JSONValue] {
        var entries = values
        for (name, texts) in texts {
            entries[name] = form.first { $0.id == name }?.entry(texts) ?? .string(texts.last ?? "")
        }
        return entries
    }
}
