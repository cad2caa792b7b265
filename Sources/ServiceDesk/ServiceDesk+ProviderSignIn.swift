import Expressions
import Logging
import WorkflowCore

/// A sign-in at the provider that begins.
package struct ProviderSignInStart: Sendable {
    /// Where the browser goes.
    package let address: String
    /// What the browser keeps in a cookie until it comes back.
    package let browserSecret: String

    package init(address: String, browserSecret: String) {
        self.address = address
        self.browserSecret = browserSecret
    }
}

/// A sign-in at the provider that succeeded.
package struct ProviderSignInEnd: Sendable {
    package let session: StartedSession
    /// A path of ours.
    package let returnTo: String

    package init(session: StartedSession, returnTo: String) {
        self.session = session
        self.returnTo = returnTo
    }
}

extension ServiceDesk {
    /// How long somebody may take at the provider.
    private static let patience = Duration.seconds(600)

    /// Sends a browser to the provider.
    ///
    /// - Parameter returnTo: Where to go afterwards; what is no path of ours counts as nothing.
    /// - Throws: `.rejected` with `sign_in.no_provider`, `.providerAway`.
    package func beginProviderSignIn(returnTo: String?) async throws(DeskError) -> ProviderSignInStart {
        let provider = try theProvider()
        let now = clock().truncatedToMicroseconds
        let state = TextForms.base64URL(random(32))
        let secret = BrowserSecret(random)
        let address: String
        do throws(IdentityTrouble) {
            address = try await provider.address(of: secret.challenge(state: state))
        } catch {
            throw refusal(error)
        }
        let attempt = StoredSignInAttempt(
            state: Digest.sha256(state), browser: secret.digest, returnTo: ReturnPath.checked(returnTo),
            expiresAt: now + Self.patience)
        try await asking { () throws(StorageError) in try await storage.insert(attempt, at: now) }
        return ProviderSignInStart(address: address, browserSecret: secret.text)
    }

    /// Signs in whoever comes back from the provider.
    ///
    /// - Parameter browserSecret: What the browser's cookie holds.
    /// - Throws: `.rejected` with a code that begins with `sign_in.`, or `.providerAway`.
    package func finishProviderSignIn(
        _ answer: SignInAnswer, browserSecret: String?
    ) async throws(DeskError) -> ProviderSignInEnd {
        let provider = try theProvider()
        // Without the cookie nothing is looked up: somebody else's browser spoils nobody's sign-in.
        guard let secret = browserSecret.flatMap({ BrowserSecret($0) }), let state = answer.state else {
            throw .rejected(.signInNotCurrent)
        }
        let attempt = try await asking { () throws(StorageError) in
            try await storage.takeSignInAttempt(state: Digest.sha256(state))
        }
        guard let attempt, Digest.areEqual(attempt.browser, secret.digest), clock() < attempt.expiresAt else {
            throw .rejected(.signInNotCurrent)
        }
        let identity: ProvenIdentity
        do throws(IdentityTrouble) {
            identity = try await provider.identity(answer, to: secret.challenge(state: state))
        } catch {
            throw refusal(error)
        }
        let person = try await person(identity)
        let account = try await asking { () throws(StorageError) in try await storage.account(of: person.id) }
        guard account?.isLocked != true else { throw .rejected(.accountLocked) }
        try await takeOverGroups(identity.groups, of: person)
        let session = try await startSession(for: person.id, method: .provider, label: nil)
        return ProviderSignInEnd(session: session, returnTo: attempt.returnTo)
    }

    /// Where a browser ends its session at the provider, after it has ended here; nil when there is nothing to do.
    package func providerSignOutAddress(returnTo: String) async -> String? {
        await identityProvider?.signOutAddress(returnTo: returnTo)
    }

    /// Unties a person from the identities that they signed in with: the next one that has their name is theirs.
    ///
    /// - Parameter principal: Who does it, as the audit names it.
    /// - Returns: How many there were.
    package func unlinkIdentities(of handle: String, by principal: String) async throws(DeskError) -> Int {
        try await asking { () throws(StorageError) -> Int? in
            guard let person = try await directories.reload().person(handle: handle) else { return nil }
            let entry = auditEntry(.identityUnlinked, by: principal, subject: "person:\(person.id)")
            return try await storage.unlink(person.id, audit: [entry])
        }.orUnknown(handle)
    }

    private func theProvider() throws(DeskError) -> any IdentityProvider {
        guard let identityProvider else {
            throw .rejected(
                Rejection(
                    .notFound, code: "sign_in.no_provider", message: "This service desk has no sign-in of that kind."))
        }
        return identityProvider
    }

    /// The person of the directory, as it is now, that an identity belongs to.
    private func person(_ identity: ProvenIdentity) async throws(DeskError) -> Directory.Person {
        let now = clock().truncatedToMicroseconds
        let directory = try await asking { () throws(StorageError) in try await directories.newest() }
        let named =
            switch identity.name {
            case .handle(let handle): directory.person(handle: handle)
            case .address(let address):
                directory.everybody.first { $0.isActive && $0.email.lowercased() == address.lowercased() }
            }
        guard let person = named, person.isActive, person.kind == .person else {
            // Strangers, leavers and service accounts, which have tokens only, are answered alike.
            try await audit(.signInFailed, by: "anonymous", details: ["method": "provider", "reason": "unknown"])
            throw .rejected(.signInOfStranger)
        }
        let entry = auditEntry(
            .identityLinked, by: "person:\(person.id)", subject: "person:\(person.id)",
            details: ["issuer": identity.issuer], words: ["subject": AuditWord(identity.subject, of: person.id)])
        let isTheirs = try await asking { () throws(StorageError) in
            try await storage.link(
                issuer: identity.issuer, subject: identity.subject, to: person.id, at: now, audit: [entry])
        }
        guard isTheirs else {
            logger.error(
                "an identity names somebody who has signed in with another one", metadata: ["person": "\(person.id)"])
            try await audit(
                .signInFailed, by: "anonymous", subject: "person:\(person.id)",
                details: ["method": "provider", "reason": "other_identity"])
            throw .rejected(.signInOfOther)
        }
        return person
    }

    /// Makes somebody a member of exactly those groups with a claim whose value the provider gives. Other groups are the
    /// directory's business alone.
    private func takeOverGroups(_ values: Set<String>, of person: Directory.Person) async throws(DeskError) {
        let configuration = try await asking { () throws(StorageError) in
            try await configurations.current().configuration
        }
        var wanted: Set<GroupID> = []
        var claimed: Set<GroupID> = []
        for (id, group) in configuration.groups {
            guard let claim = group.claim else { continue }
            claimed.insert(id)
            if values.contains(claim) { wanted.insert(id) }
        }
        let present = person.groups.intersection(claimed)
        guard present != wanted else { return }
        let (added, removed) = (wanted.subtracting(present), present.subtracting(wanted))
        let entry = auditEntry(
            .membershipChanged, by: "person:\(person.id)", subject: "person:\(person.id)",
            details: [
                "added": added.map(\.text).sorted().joined(separator: " "),
                "removed": removed.map(\.text).sorted().joined(separator: " "),
            ])
        try await asking { () throws(StorageError) in
            let directory = try await directories.newest()
            let offices = recordOfClaims(
                of: person.id, adding: added, removing: removed, in: directory, configuration)
            try await storage.changeMemberships(
                of: person.id, adding: added, removing: removed, audit: [entry] + offices.audit, telling: offices.told)
            try await directories.reload()
        }
    }

    /// What a person reads of a trouble with the provider; the log has the rest.
    private func refusal(_ trouble: IdentityTrouble) -> DeskError {
        switch trouble {
        case .away(let reason):
            logger.warning("the identity provider is away", metadata: ["reason": "\(reason)"])
            return .providerAway
        case .refused("server_error"), .refused("temporarily_unavailable"):
            logger.warning("the identity provider cannot sign anybody in at the moment")
            return .providerAway
        case .refused("invalid_grant"):
            return .rejected(.signInNotCurrent)
        case .refused(let code):
            logger.info("the identity provider refused a sign-in", metadata: ["error": "\(code)"])
            return .rejected(.signInDeclined)
        case .untrusted(let reason):
            logger.error("an answer of the identity provider is not to be believed", metadata: ["reason": "\(reason)"])
            return .rejected(.signInNotProven)
        case .unsuitable(let reason):
            logger.error("the identity provider is not set up for Bureau", metadata: ["reason": "\(reason)"])
            return .rejected(.signInNotSetUp)
        case .tooWeak(let claim):
            logger.notice("a sign-in at the identity provider is too weak or too old", metadata: ["claim": "\(claim)"])
            return .rejected(.signInTooWeak)
        }
    }
}

extension Optional where Wrapped == Int {
    fileprivate func orUnknown(_ handle: String) throws(DeskError) -> Int {
        guard let self else {
            throw .rejected(
                Rejection(.notFound, code: "people.unknown", message: "There is nobody with the handle \(handle)."))
        }
        return self
    }
}

extension Rejection {
    static let signInNotCurrent = Rejection(
        .conflict, code: "sign_in.not_current",
        message: "This sign-in is over, was used before, or began in another browser.", hint: "Sign in again.")
    static let signInDeclined = Rejection(
        .forbidden, code: "sign_in.declined", message: "Your organisation's sign-in service did not sign you in.",
        hint: "Try again; if it stays so, ask those who run the sign-in service.")
    static let signInNotProven = Rejection(
        .forbidden, code: "sign_in.not_proven",
        message: "The answer of your organisation's sign-in service could not be verified, so nobody was signed in.",
        hint: "Sign in again; if it stays so, tell those who run Bureau.")
    static let signInNotSetUp = Rejection(
        .forbidden, code: "sign_in.not_set_up",
        message: "Your organisation's sign-in service is not set up for Bureau in the way that it needs.",
        hint: "Tell those who run Bureau; its log says what is missing.")
    static let signInTooWeak = Rejection(
        .forbidden, code: "sign_in.too_weak",
        message: "Your organisation's sign-in service did not ask you for as much as the service desk demands.",
        hint: "Sign out there and sign in again, with your second factor.")
    static let signInOfStranger = Rejection(
        .forbidden, code: "sign_in.not_in_directory",
        message: "You have signed in, but the service desk's directory does not have you.",
        hint: "Ask those who keep the directory of people.")
    static let signInOfOther = Rejection(
        .forbidden, code: "sign_in.other_identity",
        message: "You have signed in, but your name belongs to somebody who signed in with another account before.",
        hint: "Ask those who run Bureau to untie the account that you had before.")
}
