package import Expressions
import WorkflowCore

/// What the erasure of a person did.
package struct PersonErasureReport: Sendable, Hashable {
    /// Closed requests of theirs, of which everything that was entered is gone, and others, of which what they had entered is.
    package let requests: Int
    /// The handle under which the directory still has them.
    package let pseudonym: String
}

extension ServiceDesk {
    /// Takes a leaver's personal data out of everything that is kept. Nobody is asked whether the principal may.
    ///
    /// - Parameter confidential: Whether what was entered into confidential and restricted requests goes as well. Else it stays as long
    ///   as their types keep it, and neither the answer nor a refusal says whether there are any.
    /// What it did until an error stays done; it may be repeated.
    ///
    /// - Throws: `people.unknown`, `people.still_here`, `people.open_requests`.
    package func erasePerson(_ handle: String, by principal: String, andWhatIsConfidential confidential: Bool = true)
        async throws(DeskError) -> PersonErasureReport
    {
        let now = clock().truncatedToMicroseconds
        let person = try await leaver(handle)
        let involved = try await asking { () throws(StorageError) in
            try await storage.requests(involving: person.id).filter { confidential || !$0.isConfidential }
        }
        try Self.refuse(handle, open: involved.filter { $0.phase != .closed })
        let eraser = Eraser(storage: storage, configurations: configurations, random: random)
        let count = try await asking { () throws(StorageError) in
            var count = 0
            for request in involved {
                let extent: Eraser.Extent = request.isTheirs ? .everything(.person) : .entries(of: person.id)
                if try await eraser.erase(request.id, extent, by: principal, at: now) { count += 1 }
            }
            return count
        }
        let pseudonym = "erased-\(person.id.description.suffix(12))"
        let entry = auditEntry(
            .personErased, by: principal, subject: "person:\(person.id)", details: ["requests": String(count)])
        let erasure = PersonErasure(
            person: person.id, handle: pseudonym, name: "Erased person", formerName: person.name,
            names: [person.handle, person.email, person.name], audit: [entry])
        try await asking { () throws(StorageError) in
            try await storage.erase(erasure, at: now)
            try await directories.reload()
        }
        return PersonErasureReport(requests: count, pseudonym: pseudonym)
    }

    /// Deletes what was entered into requests that closed longer ago than their type keeps it; how many requests.
    package func eraseOutdated(now: Instant) async throws(DeskError) -> Int {
        try await asking { () throws(StorageError) in try await retention.runOnce(now: now) }
    }

    private func leaver(_ handle: String) async throws(DeskError) -> Directory.Person {
        let found = try await asking { () throws(StorageError) in try await directories.reload().person(handle: handle)
        }
        guard let found else {
            throw .rejected(
                Rejection(.notFound, code: "people.unknown", message: "There is nobody with the handle \(handle)."))
        }
        guard !found.isActive else {
            throw .rejected(
                Rejection(
                    .conflict, code: "people.still_here", message: "\(handle) has not left.",
                    hint: "Import the people without them first."))
        }
        return found
    }

    /// By department and without numbers: whoever erases does not read the requests.
    private static func refuse(_ handle: String, open: [InvolvedRequest]) throws(DeskError) {
        guard !open.isEmpty else { return }
        let counts = Dictionary(grouping: open, by: \.department).sorted { $0.key < $1.key }
            .map { "\($0.value.count) of \($0.key)" }
        throw .rejected(
            Rejection(
                .conflict, code: "people.open_requests",
                message: "\(handle) has to do with requests that are open: \(counts.joined(separator: ", ")).",
                hint: "Let the departments finish or cancel them first."))
    }
}
