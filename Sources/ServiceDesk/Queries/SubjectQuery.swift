import Expressions
package import WorkflowCore

extension ServiceDesk {
    /// What requests are about, in a few words each, where the viewer may read them: the first short answer of the form.
    ///
    /// Of confidential requests only those who raised them or for whom they are learn that here: other readings of them are recorded,
    /// and a list is none.
    ///
    /// - Parameter ids: At most a page of them; one round trip.
    package func subjects(
        of ids: [RequestID], for viewer: Viewer
    ) async throws(DeskError) -> [RequestID: String] {
        guard !ids.isEmpty else { return [:] }
        return try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            var subjects: [RequestID: String] = [:]
            for stored in try await storage.requests(Array(Set(ids)), for: Asker(viewer)) {
                let compiled = try await configurations.version(stored.configuration)
                guard let type = compiled.configuration.requestTypes[stored.type] else { continue }
                let reading = Reading(
                    viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
                subjects[stored.id] = reading.subject(of: try StateCodec.decode(stored))
            }
            return subjects
        }
    }
}

extension Reading {
    /// The longest that a list shows, in characters.
    private static let longestSubject = 80

    fileprivate func subject(of state: RequestState) -> String? {
        guard Rules.canSee(state, in: context), let person = reader.principal.person else { return nil }
        let isTheirs = state.requester.person == person || state.beneficiary == person
        guard isTheirs || !state.isConfidential(type) else { return nil }
        for field in type.form.fields where field.sensitive == nil && field.kind.isSubject {
            guard let value = state.values[field.id.text], mayShow(value),
                Rules.canRead(field, on: state, in: context)
            else { continue }
            let words = values.text(value, field.kind).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if words.isEmpty { continue }
            return words.count > Self.longestSubject ? "\(words.prefix(Self.longestSubject - 1))…" : words
        }
        return nil
    }
}

extension FieldKind {
    /// Whether an answer says in a few words what a request is about.
    fileprivate var isSubject: Bool {
        switch self {
        case .text, .choice, .choices, .person: true
        default: false
        }
    }
}
