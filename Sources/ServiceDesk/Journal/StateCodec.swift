import Expressions
import WorkflowCore

/// The state as the request row holds it: JSON without sensitive values, which are put back from their contents at loading.
enum StateCodec {
    /// The state's JSON, keys sorted.
    static func encode(_ state: RequestState, _ sensitive: SensitiveFields) throws -> String {
        let paths = sensitive.paths(in: state)
        return try CanonicalJSON.text(paths.isEmpty ? state : state.removing(paths).state)
    }

    /// The whole state of a stored request.
    ///
    /// - Throws: `StorageError.defect` when it cannot be read.
    static func decode(_ stored: StoredRequest) throws(StorageError) -> RequestState {
        do {
            let state = try CanonicalJSON.read(RequestState.self, from: stored.state)
            guard !stored.sensitive.isEmpty else { return state }
            var values: [String: Value] = [:]
            // A later content replaces an earlier one of the same path: steps may be done again.
            for content in stored.sensitive.sorted(by: { $0.sequence < $1.sequence }) {
                let read = try CanonicalJSON.read(ProtectedValues.self, from: content.content)
                guard let place = read.place else { continue }
                for name in read.cleared ?? [] { values[place.path(of: name)] = nil }
                for (name, salted) in read.entered { values[place.path(of: name)] = salted.value }
            }
            return state.restoring(values)
        } catch {
            throw .defect("the state of request \(stored.id) cannot be read")
        }
    }
}
