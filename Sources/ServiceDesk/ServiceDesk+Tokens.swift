import Expressions
package import WorkflowCore

extension ServiceDesk {
    /// The viewer's own tokens that can still be used, the newest first.
    ///
    /// - Throws: `.rejected` with `access.not_allowed` for a service account, whose tokens are made by whoever runs it.
    package func tokens(of viewer: Viewer) async throws(DeskError) -> [StoredToken] {
        try require(.manageOwnTokens, of: viewer)
        return try await usableTokens(of: viewer.person.id)
    }

    /// A person's tokens that can still be used, the newest first.
    func usableTokens(of person: PersonID) async throws(DeskError) -> [StoredToken] {
        let now = clock()
        return try await asking { () throws(StorageError) in try await storage.tokens(of: person) }
            .filter { token in token.revokedAt == nil && (token.expiresAt.map { now < $0 } ?? true) }
    }

    /// Makes a token of the viewer's own, which cannot do more than what the viewer came with, and ends with the token that they came with at
    /// the latest. The secret is given once.
    ///
    /// - Throws: `.rejected` with `token.label`, `token.scopes`, `token.lifetime`, `token.too_many` or `token.wider`,
    ///   or with `access.not_allowed` for a service account.
    package func createToken(
        _ label: String, scopes: Set<Scope>, lifetime: Duration, by viewer: Viewer
    ) async throws(DeskError) -> (secret: String, stored: StoredToken) {
        try require(.manageOwnTokens, of: viewer)
        return try await createToken(of: viewer.person.id, label, scopes: scopes, lifetime: lifetime, by: viewer)
    }

    /// The same for whomever the viewer may make one, which the caller has made sure.
    func createToken(
        of person: PersonID, _ label: String, scopes: Set<Scope>, lifetime: Duration, by viewer: Viewer
    ) async throws(DeskError) -> (secret: String, stored: StoredToken) {
        guard (1...100).contains(label.unicodeScalars.count) else {
            throw .rejected(.token("label", "A token needs a label of at most 100 characters."))
        }
        guard !scopes.isEmpty else { throw .rejected(.token("scopes", "A token needs a scope.")) }
        guard lifetime > .zero, lifetime <= settings.longestToken else {
            let days = settings.longestToken.components.seconds / 86_400
            throw .rejected(.token("lifetime", "A token lasts from one to \(days) days."))
        }
        guard scopes.allSatisfy(viewer.credential.allows) else {
            throw .rejected(.widerToken)
        }
        guard try await usableTokens(of: person).count < settings.tokensPerPerson else {
            throw .rejected(
                Rejection(.conflict, code: "token.too_many", message: "There are too many tokens; revoke some."))
        }
        let now = clock().truncatedToMicroseconds
        let end = try await lastEnd(of: viewer.credential, viewer.person.id)
        let expiresAt = (now + lifetime).truncatedToMicroseconds
        let secret = Tokens.make(random)
        let token = StoredToken(
            id: newID(at: now), digest: Digest.sha256(secret), person: person, label: label, scopes: scopes,
            createdAt: now, expiresAt: end.map { min($0, expiresAt) } ?? expiresAt, revokedAt: nil)
        let entry = auditEntry(
            .tokenCreated, by: viewer.principal.description, subject: "token:\(token.id)",
            details: [
                "person": "person:\(person)", "expires": token.expiresAt?.description ?? "never",
                "scopes": scopes.map(\.rawValue).sorted().joined(separator: " "),
            ], words: ["label": AuditWord(label, of: person)])
        try await asking { () throws(StorageError) in try await storage.insert(token, audit: [entry]) }
        return (secret, token)
    }

    /// When a token ends at the latest that is made with a credential: whoever has taken a token for a day shall not have another one for a
    /// year. Nil for no end.
    private func lastEnd(of credential: Credential, _ person: PersonID) async throws(DeskError) -> Instant? {
        guard case .token(let id, scopes: _) = credential else { return nil }
        // One that has just been revoked makes nothing any more.
        guard let token = try await usableTokens(of: person).first(where: { $0.id == id }) else {
            throw .rejected(.widerToken)
        }
        return token.expiresAt
    }

    /// Revokes a token of the viewer's own.
    ///
    /// - Throws: `.rejected` with `token.unknown`, also for other people's.
    package func revokeToken(_ id: UniqueID, of viewer: Viewer) async throws(DeskError) {
        guard try await tokens(of: viewer).contains(where: { $0.id == id }),
            try await revokeToken(id, by: viewer.principal.description)
        else {
            throw .rejected(Rejection(.notFound, code: "token.unknown", message: "You have no such token."))
        }
    }
}

extension Rejection {
    fileprivate static let widerToken = Rejection(
        .forbidden, code: "token.wider", message: "A token cannot make one that may do more than itself.")

    fileprivate static func token(_ what: String, _ message: String) -> Rejection {
        Rejection(.invalid, code: "token.\(what)", message: message)
    }
}
