import FoundationEssentials
import WorkflowCore

/// Events as JSON text.
enum EventText {
    private struct Stored: Decodable {
        let entered: [String: String]
        let event: Event
    }

    /// The event without its kind, which stands beside it, and without what was entered.
    static func payload(of event: Event) throws -> String {
        try CanonicalJSON.text(event)
    }

    /// Reads an entry's data.
    static func read(kind: String, data: String) throws -> (event: Event, digests: [String: String]) {
        let decoder = JSONDecoder()
        decoder.userInfo[.eventKind] = kind
        let stored = try decoder.decode(Stored.self, from: Data(data.utf8))
        return (stored.event, stored.entered)
    }
}
