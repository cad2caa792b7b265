import Expressions
import Synchronization
import WorkflowCore

/// Records who reads confidential requests that are neither theirs nor for them: before anything of the request is handed out, so that
/// nobody reads without the record. When it cannot be written, nothing is read.
///
/// Once an hour for each person and request, as far as this daemon knows: a page that is looked at again and again is one reading.
final class ReadRecorder: Sendable {
    private struct Key: Hashable {
        let kind: AuditKind
        let request: RequestID
        let person: PersonID
    }

    private let hours = Mutex<[Key: Int64]>([:])
    private let append: @Sendable (AuditEntry) async throws(StorageError) -> Void
    private let random: RandomBytes
    private let limit = 20_000

    init(
        random: @escaping RandomBytes, append: @escaping @Sendable (AuditEntry) async throws(StorageError) -> Void
    ) {
        self.random = random
        self.append = append
    }

    /// - Parameter what: What of the request, as `request`, `timeline` or `journal`.
    func record(
        _ what: String, of state: RequestState, by reading: Reading, as kind: AuditKind = .requestRead
    ) async throws(StorageError) {
        guard let person = Self.stranger(reading, to: state) else { return }
        let key = Key(kind: kind, request: state.id, person: person)
        let hour = reading.now.seconds / 3600
        guard hours.withLock({ $0[key] }) != hour else { return }
        try await append(
            AuditEntry(
                AuditRecord(
                    at: reading.now, kind: kind, principal: reading.reader.principal.description,
                    subject: "request:\(state.id)", details: ["number": state.number, "what": what]),
                random: random))
        hours.withLock { hours in
            if hours.count >= limit { hours = hours.filter { $0.value == hour } }
            // More readers in one hour than we remember: some readings are recorded twice.
            if hours.count >= limit { hours.removeAll(keepingCapacity: true) }
            hours[key] = hour
        }
    }

    /// Whose reading is kept: nobody's who reads what is theirs or for them. Whoever keeps the audit may be the one whom it is hidden from,
    /// and would learn who reports. Of an anonymous requester nothing is kept either.
    static func stranger(_ reading: Reading, to state: RequestState) -> PersonID? {
        guard let person = reading.reader.principal.person, person != state.requester.person,
            person != state.beneficiary
        else { return nil }
        return person
    }
}
