import Expressions
package import WorkflowCore

extension ServiceDesk {
    /// Begins a session for somebody. Whoever calls this has made sure who they are.
    ///
    /// - Parameter label: What the person calls the browser, at most 100 characters; nil for none.
    /// - Throws: `.rejected` with `people.unknown` when the person has left or does not exist, with `account.locked` when an
    ///   administrator has locked them out.
    package func startSession(
        for person: PersonID, method: SignInMethod, label: String?
    ) async throws(DeskError) -> StartedSession {
        let now = clock().truncatedToMicroseconds
        let secret = SessionSecrets.make(random)
        let session = StoredSession(
            id: newID(at: now), person: person, digest: Digest.sha256(secret), previousDigest: nil,
            csrfKey: random(32), method: method, label: String((label ?? "").prefix(100)), createdAt: now,
            rotatedAt: now, seenAt: now, expiresAt: (now + settings.sessionLifetime).truncatedToMicroseconds)
        var isLocked = false
        let found = try await asking { () throws(StorageError) -> Viewer? in
            let found = try await viewer(person, with: .session(session.id))
            // Service accounts come with tokens alone.
            guard found?.person.kind == .person else { return nil }
            isLocked = try await storage.account(of: person)?.isLocked ?? false
            guard !isLocked else { return nil }
            let entry = auditEntry(
                .signedIn, by: "person:\(person)", subject: "session:\(session.id)",
                details: ["method": method.rawValue])
            isLocked = !(try await storage.insert(session, limit: settings.sessionsPerPerson, audit: [entry]))
            return isLocked ? nil : found
        }
        guard !isLocked else { throw .rejected(.accountLocked) }
        guard let found else {
            throw .rejected(Rejection(.notFound, code: "people.unknown", message: "There is nobody to sign in."))
        }
        return StartedSession(
            secret: secret, csrfToken: SessionSecrets.csrfToken(of: session),
            view: SessionView(session, isCurrent: true), viewer: found)
    }

    /// Who comes with that secret of a session; nil when it is none, its time is over, or its person has left.
    ///
    /// A session that was ended by another daemon is refused when this one hears of it, after at most five seconds.
    package func visit(session secret: String) async throws(DeskError) -> SessionVisit? {
        try await visit(session: secret, isAttended: true)
    }

    /// The same for what a page asks by itself: that keeps nobody's session from ending.
    package func visit(unattended secret: String) async throws(DeskError) -> SessionVisit? {
        try await visit(session: secret, isAttended: false)
    }

    private func visit(session secret: String, isAttended: Bool) async throws(DeskError) -> SessionVisit? {
        guard let digest = SessionSecrets.digest(of: secret) else { return nil }
        let now = clock().truncatedToMicroseconds
        return try await asking { () throws(StorageError) in
            var found = sessions.find(digest, at: now)
            if found == nil {
                found = try await storage.session(digest: digest)
                if let found { sessions.keep(found, under: digest, at: now) }
            }
            guard let session = found else { return nil }
            let verdict = settings.sessions.verdict(on: session, shown: digest, at: now)
            guard verdict != .refuse, let viewer = try await viewer(session.person, with: .session(session.id)) else {
                return nil
            }
            var newSecret: String?
            switch isAttended ? verdict : .refuse {
            case .refuse, .admit(isWorthNoting: false): break
            case .admit(isWorthNoting: true):
                try await storage.touchSession(session.id, at: now)
                sessions.forget { $0.id == session.id }
            case .rotate:
                let secret = SessionSecrets.make(random)
                // Of several requests at the same moment, one brings the new secret.
                if try await storage.rotateSession(session.id, from: digest, to: Digest.sha256(secret), at: now) {
                    newSecret = secret
                }
                sessions.forget { $0.id == session.id }
            }
            return SessionVisit(
                viewer: viewer, csrfToken: SessionSecrets.csrfToken(of: session), newSecret: newSecret,
                zone: try await zone(of: session))
        }
    }

    /// The viewer's own sessions that are not over, the newest first.
    ///
    /// - Throws: `.rejected` with `access.not_allowed` for a service account, which has none.
    package func sessions(of viewer: Viewer) async throws(DeskError) -> [SessionView] {
        try require(.manageOwnSessions, of: viewer)
        return try await presentSessions(of: viewer.person.id, for: viewer)
    }

    /// A person's sessions that are not over, the newest first.
    func presentSessions(of person: PersonID, for viewer: Viewer) async throws(DeskError) -> [SessionView] {
        let now = clock()
        let rules = settings.sessions
        return try await asking { () throws(StorageError) in try await storage.sessions(of: person) }
            .filter { rules.verdict(on: $0, shown: $0.digest, at: now) != .refuse }
            .map { SessionView($0, isCurrent: $0.id == viewer.credential.session) }
    }

    /// Ends a session of the viewer's own.
    ///
    /// - Throws: `.rejected` with `session.unknown`, also for other people's, or with `access.not_allowed` for a service account.
    package func endSession(_ id: UniqueID, of viewer: Viewer) async throws(DeskError) {
        try require(.manageOwnSessions, of: viewer)
        guard try await endSession(id, of: viewer.person.id, by: viewer) else {
            throw .rejected(Rejection(.notFound, code: "session.unknown", message: "You have no such session."))
        }
    }

    /// Ends the session of that secret, for whoever signs in anew in the same browser.
    package func endSession(secret: String) async throws(DeskError) {
        guard let visit = try await visit(session: secret), let id = visit.viewer.credential.session else { return }
        _ = try await endSession(id, of: visit.viewer.person.id, by: visit.viewer)
    }

    /// Whether the person had that session.
    func endSession(
        _ id: UniqueID, of person: PersonID, by viewer: Viewer
    ) async throws(DeskError) -> Bool {
        let isOwn = viewer.credential.session == id
        let entry = auditEntry(
            isOwn ? .sessionEnded : .sessionRevoked, by: "person:\(viewer.person.id)", subject: "session:\(id)")
        let isEnded = try await asking { () throws(StorageError) in
            try await storage.endSession(id, of: person, audit: [entry])
        }
        sessions.forget { $0.id == id }
        live.end(credentials: [id])
        return isEnded
    }

    /// Ends all of a person's sessions but for the one that asks; how many there were.
    @discardableResult
    func endSessions(of person: PersonID, except kept: UniqueID?) async throws(DeskError) -> Int {
        let count = try await asking { () throws(StorageError) in
            try await storage.endSessions(of: person, except: kept)
        }
        sessions.forget { $0.person == person && $0.id != kept }
        live.end(person: person)
        return count
    }

    /// Signs somebody in who has shown nothing. Offered only by a daemon for demonstrations, on its own machine.
    ///
    /// - Throws: `.rejected` with `people.unknown`.
    package func signInForDemonstration(
        as handle: String, label: String?
    ) async throws(DeskError) -> StartedSession {
        let person = try await person(handle)
        return try await startSession(for: person.id, method: .demo, label: label)
    }
}
