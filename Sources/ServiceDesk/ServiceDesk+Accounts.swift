import Expressions
package import WorkflowCore

/// What operators do to accounts, and platform administrators over the API.
extension ServiceDesk {
    /// - Throws: `.rejected` with `people.unknown` for leavers and strangers, with `account.not_a_person` for programs.
    package func account(of handle: String) async throws(DeskError) -> AccountView {
        let person = try await accountHolder(handle)
        let (now, key) = (clock(), attemptKey(handle))
        return try await asking { () throws(StorageError) in
            let account = try await storage.account(of: person.id)
            let attempts = try await storage.attempts(key)
            return AccountView(
                person: PersonReference(id: person.id, handle: person.handle, name: person.name),
                hasPassword: account?.passwordHash != nil, passwordChangedAt: account?.passwordChangedAt,
                isLocked: account?.isLocked ?? false,
                blockedUntil: attempts.flatMap { now < $0.blockedUntil ? $0.blockedUntil : nil },
                invitedUntil: account?.invitedUntil.flatMap { now < $0 ? $0 : nil })
        }
    }

    /// Makes a code with which somebody sets a password once, in the place of the one before. Until it is used, the present password
    /// goes on.
    ///
    /// - Parameters:
    ///   - lifetime: Nil: as the settings say.
    ///   - principal: Who invites, as the audit names it.
    ///   - inviter: The same where it is a person, whom a second one may have to confirm: see `InvitationRule`. Nil for an operator.
    /// - Throws: `.rejected` with `people.unknown`, `account.not_a_person`, `account.locked`, `invitation.lifetime` or
    ///   `invitation.nobody_confirms`.
    package func invite(
        _ handle: String, lifetime: Duration?, by principal: String, inviter: PersonID? = nil
    ) async throws(DeskError) -> Invitation {
        let lifetime = lifetime ?? settings.invitationLifetime
        guard lifetime > .zero, lifetime <= settings.longestInvitation else {
            let days = settings.longestInvitation.components.seconds / 86_400
            throw .rejected(
                Rejection(.invalid, code: "invitation.lifetime", message: "A code is good for at most \(days) days."))
        }
        let person = try await accountHolder(handle)
        let account = try await asking { () throws(StorageError) in try await storage.account(of: person.id) }
        guard account?.isLocked != true else { throw .rejected(.accountLocked) }
        let notices = try await invitationNotices(for: person.id)
        let confirmers = inviter.flatMap { notices.rule.confirmers(of: person.id, invitedBy: $0) }
        guard confirmers?.isEmpty != true else { throw .rejected(.nobodyConfirms) }
        let code = InvitationCodes.make(random)
        let expiresAt = (clock() + lifetime).truncatedToMicroseconds
        let entry = auditEntry(
            .accountInvited, by: principal, subject: "person:\(person.id)",
            details: ["expires": expiresAt.description, "confirmation": confirmers == nil ? "none" : "needed"])
        let invitation = StoredInvitation(
            digest: Digest.sha256(code), person: person.id, expiresAt: expiresAt, invitedBy: inviter)
        let told =
            notices.made(by: inviter, needsConfirmation: confirmers != nil)
            + notices.asking(confirmers ?? [], by: inviter)
        try await asking { () throws(StorageError) in
            try await storage.insert(invitation, audit: [entry], telling: told)
        }
        return Invitation(code: code, expiresAt: expiresAt, needsConfirmation: confirmers != nil)
    }

    /// Shuts somebody out until they are unlocked: nobody begins a session for them in whatever way, their sessions end, and their tokens
    /// are revoked for good. False when they are locked already.
    package func lockAccount(of handle: String, by principal: String) async throws(DeskError) -> Bool {
        let person = try await accountHolder(handle)
        let now = clock().truncatedToMicroseconds
        let entry = auditEntry(.accountLocked, by: principal, subject: "person:\(person.id)")
        let isNew = try await asking { () throws(StorageError) in
            try await storage.lockAccount(of: person.id, at: now, audit: [entry])
        }
        forgetAccess(of: [person.id])
        return isNew
    }

    /// Forgets what this daemon still knows of how people came in; sessions and tokens that are not over are read again.
    func forgetAccess(of people: Set<PersonID>) {
        sessions.forget { people.contains($0.person) }
        tokens.forget { people.contains($0.person) }
        for person in people { live.end(person: person) }
    }

    /// Lets somebody in again, also before the time that failures cost is over. False when nothing kept them out.
    package func unlockAccount(of handle: String, by principal: String) async throws(DeskError) -> Bool {
        let person = try await accountHolder(handle)
        let (key, entry) = (
            attemptKey(handle), auditEntry(.accountUnlocked, by: principal, subject: "person:\(person.id)")
        )
        return try await asking { () throws(StorageError) in
            try await storage.unlockAccount(of: person.id, forgetting: key, audit: [entry])
        }
    }

    private func accountHolder(_ handle: String) async throws(DeskError) -> Directory.Person {
        let person = try await person(handle)
        guard person.kind == .person else {
            throw .rejected(
                Rejection(
                    .conflict, code: "account.not_a_person",
                    message: "\(handle) is a program, which comes with tokens alone."))
        }
        return person
    }
}

/// The same for whoever may manage accounts.
///
/// - Throws: `.rejected` with `access.not_allowed` for everybody else.
extension ServiceDesk {
    package func account(of handle: String, for viewer: Viewer) async throws(DeskError) -> AccountView {
        try require(.manageAccounts, of: viewer)
        return try await account(of: handle)
    }

    package func invite(_ handle: String, by viewer: Viewer) async throws(DeskError) -> Invitation {
        try require(.manageAccounts, of: viewer)
        return try await invite(
            handle, lifetime: nil, by: viewer.principal.description, inviter: viewer.person.id)
    }

    package func lockAccount(of handle: String, by viewer: Viewer) async throws(DeskError) {
        try require(.manageAccounts, of: viewer)
        _ = try await lockAccount(of: handle, by: viewer.principal.description)
    }

    package func unlockAccount(of handle: String, by viewer: Viewer) async throws(DeskError) {
        try require(.manageAccounts, of: viewer)
        _ = try await unlockAccount(of: handle, by: viewer.principal.description)
    }
}
