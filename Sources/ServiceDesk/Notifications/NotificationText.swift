import JSONText
import WorkflowCore

/// Texts by language as they are stored.
package enum NotificationText {
    package static func json(_ text: [String: String]) -> String {
        CanonicalJSON.text(of: .object(text.mapValues { .string($0) }))
    }

    /// What cannot be read is nothing: it is told again by what it is about.
    package static func read(_ json: String) -> [String: String] {
        // Only this release's own writing stands there.
        guard case .object(let members)? = try? JSONReader.value(of: json) else { return [:] }
        return members.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
    }
}

extension Organisation {
    /// One sentence in each of its languages, by language.
    func sentences(_ sentence: (_ language: String) -> String) -> [String: String] {
        Dictionary(languages.map { ($0, sentence($0)) }) { first, _ in first }
    }
}
