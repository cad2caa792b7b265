import Expressions
package import WorkflowCore

extension ServiceDesk {
    /// Who carries that token; nil when it is unknown, expired or revoked, or when its person has left.
    ///
    /// A token that was revoked by another daemon is refused when this one hears of it, after at most five seconds.
    package func viewer(bearer token: String) async throws(DeskError) -> Viewer? {
        guard let digest = Tokens.digest(of: token) else { return nil }
        let now = clock()
        return try await asking { () throws(StorageError) in
            var found = tokens.find(digest, at: now)
            if found == nil, let stored = try await storage.token(digest: digest), stored.revokedAt == nil {
                tokens.keep(stored, under: digest, at: now)
                found = stored
            }
            guard let found, found.expiresAt.map({ now < $0 }) ?? true else { return nil }
            return try await viewer(found.person, with: .token(found.id, scopes: found.scopes))
        }
    }

    /// The viewer that a person is now; nil for leavers and strangers. Whoever calls this has made sure who asks.
    package func viewer(handle: String) async throws(DeskError) -> Viewer? {
        try await asking { () throws(StorageError) in
            var found = try await directories.current().person(handle: handle)
            if found == nil { found = try await directories.newest().person(handle: handle) }
            guard let person = found else { return nil }
            return try await viewer(person.id, with: .process)
        }
    }

    /// The viewer that a person is now; nil for leavers and strangers.
    func viewer(_ id: PersonID, with credential: Credential) async throws(StorageError) -> Viewer? {
        var directory = try await directories.current()
        // Somebody who has just come may be newer than what is at hand.
        if directory[id]?.isActive != true { directory = try await directories.newest() }
        guard let person = directory[id], person.isActive else { return nil }
        let compiled = try await configurations.current()
        let configuration = compiled.configuration
        let languages = configuration.organisation.languages
        let language = person.language.flatMap { languages.contains($0) ? $0 : nil } ?? languages.first ?? "en"
        var viewer = Viewer(
            person: person, authority: Authority(of: id, in: directory, configuration), language: language,
            credential: credential)
        viewer.languages = languages
        viewer.absentees = directory.absentees(of: id, on: compiled.time.home.civil(of: clock()).date)
        if !viewer.absentees.isEmpty {
            viewer.standingIn = try await storage.requestsWaiting(for: viewer.absentees, limit: 5000)
        }
        // Nobody else could have one, so nobody else pays for the look.
        if Access.may(viewer.authority, .breakGlass) {
            viewer.opened = try await storage.openGlasses(of: id, at: clock()).map(\.request)
        }
        return viewer
    }

    /// Makes a token for somebody. The secret is given once and stored nowhere.
    ///
    /// - Parameters:
    ///   - label: What its owner calls it.
    ///   - lifetime: Nil for one that does not expire.
    ///   - principal: Who makes it, as the audit names it.
    package func issueToken(
        for handle: String, label: String, lifetime: Duration?, by principal: String
    ) async throws(DeskError) -> (secret: String, stored: StoredToken) {
        let person = try await person(handle)
        let now = clock().truncatedToMicroseconds
        let secret = Tokens.make(random)
        let token = StoredToken(
            id: newID(at: now), digest: Digest.sha256(secret), person: person.id, label: label, createdAt: now,
            expiresAt: lifetime.map { (now + $0).truncatedToMicroseconds }, revokedAt: nil)
        let entry = auditEntry(
            .tokenCreated, by: principal, subject: "token:\(token.id)",
            details: ["person": "person:\(person.id)", "expires": token.expiresAt?.description ?? "never"],
            words: ["handle": AuditWord(handle, of: person.id), "label": AuditWord(label, of: person.id)])
        try await asking { () throws(StorageError) in try await storage.insert(token, audit: [entry]) }
        return (secret, token)
    }

    /// A person's tokens, the newest first.
    package func tokens(of handle: String) async throws(DeskError) -> [StoredToken] {
        let person = try await person(handle)
        return try await asking { () throws(StorageError) in try await storage.tokens(of: person.id) }
    }

    /// Revokes a token; whether there was a valid one.
    ///
    /// - Parameter principal: Who revokes it, as the audit names it.
    package func revokeToken(_ id: UniqueID, by principal: String) async throws(DeskError) -> Bool {
        let now = clock().truncatedToMicroseconds
        let entry = auditEntry(.tokenRevoked, by: principal, subject: "token:\(id)")
        let isRevoked = try await asking { () throws(StorageError) in
            try await storage.revoke(id, at: now, audit: [entry])
        }
        tokens.forget { $0.id == id }
        live.end(credentials: [id])
        return isRevoked
    }

    func person(_ handle: String) async throws(DeskError) -> Directory.Person {
        let person = try await asking { () throws(StorageError) in
            try await directories.reload().person(handle: handle)
        }
        guard let person, person.isActive else {
            throw .rejected(
                Rejection(.notFound, code: "people.unknown", message: "There is nobody with the handle \(handle)."))
        }
        return person
    }

    func newID(at now: Instant) -> UniqueID {
        let bytes = random(16)
        return .version7(
            milliseconds: UInt64(max(now.microseconds / 1000, 0)), random: bytes.word(at: 0), bytes.word(at: 8))
    }
}
