import Expressions
import WorkflowCore

extension ServiceDesk {
    /// Begins a session for whoever knows the password of a handle.
    ///
    /// Whoever does not know it learns nothing: the answer and the work are the same whether there is nobody with the handle, nobody who
    /// has a password, or another password.
    ///
    /// - Parameter label: What the person calls the browser; nil for none.
    /// - Throws: `.tooManyAttempts`, `.rejected` with `sign_in.failed`, or for whoever knows the password with `account.locked`.
    package func signIn(
        as handle: String, password: String, label: String?
    ) async throws(DeskError) -> StartedSession {
        // What can be neither is not worth an attempt.
        guard (1...200).contains(handle.utf8.count), PasswordRules.mayBePassword(password) else {
            throw .rejected(.signInFailed)
        }
        let key = attemptKey(handle)
        let failures = try await beginAttempt(key)
        let account = try await asking { () throws(StorageError) in try await storage.account(handle: handle) }
        let isRight = try await passwords.verify(password, against: account?.passwordHash)
        guard isRight, let account, let hash = account.passwordHash else {
            try await recordFailure(of: account?.person, failures: failures)
            throw .rejected(.signInFailed)
        }
        guard !account.isLocked else {
            try await audit(
                .signInFailed, by: "anonymous", subject: "person:\(account.person)",
                details: ["method": "password", "reason": "locked"])
            throw .rejected(.accountLocked)
        }
        try await asking { () throws(StorageError) in try await storage.forgetAttempts(key) }
        if passwords.isOutdated(hash) {
            let new = try await passwords.hash(password)
            try await asking { () throws(StorageError) in
                try await storage.rehashPassword(of: account.person, from: hash, to: new)
            }
        }
        return try await startSession(for: account.person, method: .password, label: label)
    }

    /// Sets a password with a one-time code and begins a session. All other sessions of the person end, and their tokens are revoked: a code
    /// is how somebody gets back what another one has taken.
    ///
    /// - Throws: `.rejected` with `invitation.unknown`, `invitation.unconfirmed`, `account.locked`, or a code that begins with `password.` and leaves the code good.
    package func signIn(
        invitation code: String, password: String, label: String?
    ) async throws(DeskError) -> StartedSession {
        let now = clock().truncatedToMicroseconds
        guard let digest = InvitationCodes.digest(of: code) else { throw .rejected(.invitationUnknown) }
        let (invitation, account) = try await asking { () throws(StorageError) -> (StoredInvitation?, StoredAccount?) in
            guard let found = try await storage.invitation(digest: digest), now < found.expiresAt else {
                return (nil, nil)
            }
            return (found, try await storage.account(of: found.person))
        }
        let directory = try await asking { () throws(StorageError) in try await directories.newest() }
        guard let invitation, let person = directory[invitation.person], person.isActive else {
            throw .rejected(.invitationUnknown)
        }
        guard account?.isLocked != true else { throw .rejected(.accountLocked) }
        try await requireConfirmation(of: invitation, directory)
        try checkPassword(password, of: person.handle)
        let hash = try await passwords.hash(password)
        let entry = auditEntry(
            .passwordSet, by: "person:\(person.id)", subject: "person:\(person.id)", details: ["method": "invitation"])
        let told = try await invitationNotices(for: person.id).used(madeBy: invitation.invitedBy)
        // Whoever made it could be who uses it. Those who confirmed it answered for what the person was then, not for what they become.
        let maker = invitation.invitedBy == person.id ? nil : invitation.invitedBy
        let isRedeemed = try await asking { () throws(StorageError) in
            try await storage.redeemInvitation(
                digest: digest, of: person.id, password: hash, madeBy: maker, revision: directory.revision,
                at: now,
                audit: [entry], telling: told)
        }
        guard isRedeemed else { throw .rejected(.invitationUnknown) }
        forgetAccess(of: [person.id])
        let key = attemptKey(person.handle)
        try await asking { () throws(StorageError) in try await storage.forgetAttempts(key) }
        return try await startSession(for: person.id, method: .invitation, label: label)
    }

    /// Changes the viewer's own password. Their other sessions end; the one that asks goes on, and so do their tokens.
    ///
    /// - Throws: `.tooManyAttempts`, `.rejected` with `password.wrong`, `password.none`, or what is wrong with the new one; or with
    ///   `access.not_allowed` for a service account.
    package func changePassword(
        from old: String, to new: String, of viewer: Viewer
    ) async throws(DeskError) {
        try require(.manageOwnSessions, of: viewer)
        let (person, now) = (viewer.person, clock().truncatedToMicroseconds)
        guard PasswordRules.mayBePassword(old) else { throw .rejected(.wrongPassword) }
        // Before the old one is tried, so that a mistake in the new one costs no attempt.
        try checkPassword(new, of: person.handle)
        let account = try await asking { () throws(StorageError) in try await storage.account(of: person.id) }
        guard let hash = account?.passwordHash else { throw .rejected(.noPassword) }
        let key = attemptKey(person.handle)
        let failures = try await beginAttempt(key)
        guard try await passwords.verify(old, against: hash) else {
            try await recordFailure(of: person.id, failures: failures)
            throw .rejected(.wrongPassword)
        }
        let newHash = try await passwords.hash(new)
        let kept = viewer.credential.session
        let entry = auditEntry(
            .passwordSet, by: viewer.principal.description, subject: "person:\(person.id)",
            details: ["method": "change"])
        let isChanged = try await asking { () throws(StorageError) in
            try await storage.forgetAttempts(key)
            return try await storage.changePassword(
                of: person.id, from: hash, to: newHash, at: now, keeping: kept, audit: [entry])
        }
        sessions.forget { $0.person == person.id && $0.id != kept }
        live.end(person: person.id)
        guard isChanged else { throw .rejected(.wrongPassword) }
    }

    /// Under what failures of a handle are counted: its digest, so that a password typed into the wrong field is stored nowhere.
    func attemptKey(_ handle: String) -> [UInt8] { Digest.sha256("handle \(handle)") }

    /// Counts an attempt as failed before it is made, so that no two at the same moment cost the price of one; how many that makes.
    private func beginAttempt(_ key: [UInt8]) async throws(DeskError) -> Int {
        let (rules, now) = (settings.attempts, clock().truncatedToMicroseconds)
        let verdict = try await asking { () throws(StorageError) in
            try await storage.countAttempt(key) { rules.verdict(handle: $0, all: $1, at: now) }
        }
        switch verdict {
        case .go(let own, _): return own.failures
        case .wait(let time): throw .tooManyAttempts(retryAfterSeconds: max(1, Int((time / .seconds(1)).rounded(.up))))
        }
    }

    /// - Parameter person: Nil for a handle that has no account. What was typed there is not kept: it may be a password.
    private func recordFailure(of person: PersonID?, failures: Int) async throws(DeskError) {
        let subject = person.map { "person:\($0)" }
        var entries = [
            auditEntry(
                .signInFailed, by: "anonymous", subject: subject,
                details: ["method": "password", "reason": person == nil ? "unknown" : "password"])
        ]
        if settings.attempts.isLocked(after: failures) {
            entries.append(
                auditEntry(
                    .accountLocked, by: "anonymous", subject: subject, details: ["failures": String(failures)]))
        }
        let kept = entries
        try await asking { () throws(StorageError) in try await storage.append(kept) }
    }

    private func checkPassword(_ password: String, of handle: String) throws(DeskError) {
        do throws(Rejection) {
            try PasswordRules.check(password, of: handle)
        } catch {
            throw .rejected(error)
        }
    }
}

extension Rejection {
    static let signInFailed = Rejection(
        .forbidden, code: "sign_in.failed", message: "The handle or the password is wrong.")
    static let accountLocked = Rejection(
        .forbidden, code: "account.locked", message: "This account is locked.", hint: "Ask those who run Bureau.")
    static let invitationUnknown = Rejection(
        .notFound, code: "invitation.unknown", message: "This code is wrong, was used before, or its time is over.",
        hint: "Ask those who run Bureau for a new one.")
    static let wrongPassword = Rejection(
        .forbidden, code: "password.wrong", message: "This is not your present password.")
    static let noPassword = Rejection(
        .conflict, code: "password.none", message: "You have no password that could be changed.",
        hint: "Those who run Bureau give you a code to set one.")
}
