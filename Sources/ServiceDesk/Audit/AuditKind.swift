/// A log of the audit: each is chained for itself.
package enum AuditLog: String, Sendable, Hashable, CaseIterable {
    /// What people and operators do to the platform: people, accounts, configuration, restrictions, erasure.
    case administration
    /// Who came in, who did not, and which sessions ended.
    case signIn = "sign_in"
    /// Who read a confidential request that is neither theirs nor for them.
    case reads
    /// What was taken out of Bureau in bulk.
    case exports
}

/// What the audit knows of; the names are stored for ever, so cases are added and never renamed.
package enum AuditKind: String, Sendable, Hashable, CaseIterable {
    case peopleImported = "people.imported"
    case personErased = "person.erased"
    case requestErased = "request.erased"
    case configurationApplied = "configuration.applied"
    case tokenCreated = "token.created"
    case tokenRevoked = "token.revoked"
    case accountCreated = "account.created"
    case accountInvited = "account.invited"
    case accountInvitationConfirmed = "account.invitation_confirmed"
    case accountChanged = "account.changed"
    case accountUnlocked = "account.unlocked"
    case accountDeleted = "account.deleted"
    case passwordSet = "password.set"
    /// The address of a service that departments call, or the name of its secret.
    case serviceChanged = "service.changed"
    case serviceAccountCreated = "service_account.created"
    case serviceAccountChanged = "service_account.changed"
    case serviceAccountDeleted = "service_account.deleted"
    case deputyAppointed = "deputy.appointed"
    case deputyWithdrawn = "deputy.withdrawn"
    case restrictionRaised = "restriction.raised"
    case restrictionLowered = "restriction.lowered"
    case breakGlassOpened = "break_glass.opened"
    case breakGlassEnded = "break_glass.ended"
    case databaseBackedUp = "database.backed_up"
    case databaseRestored = "database.restored"

    /// By a sign-in at the identity provider.
    case membershipChanged = "membership.changed"
    case identityLinked = "identity.linked"
    case identityUnlinked = "identity.unlinked"

    case signedIn = "sign_in.succeeded"
    case signInFailed = "sign_in.failed"
    case accountLocked = "account.locked"
    case sessionEnded = "session.ended"
    case sessionRevoked = "session.revoked"

    case requestRead = "request.read"
    case breakGlassRead = "break_glass.read"

    case auditExported = "audit.exported"
    case journalExported = "journal.exported"
    case requestsExported = "requests.exported"

    /// Where it is written.
    package var log: AuditLog {
        switch self {
        case .peopleImported, .personErased, .requestErased, .configurationApplied, .tokenCreated, .tokenRevoked,
            .accountCreated, .accountInvited, .accountInvitationConfirmed, .accountChanged, .accountUnlocked,
            .accountDeleted, .passwordSet,
            .serviceChanged, .serviceAccountCreated, .serviceAccountChanged, .serviceAccountDeleted, .deputyAppointed,
            .deputyWithdrawn, .restrictionRaised, .restrictionLowered, .breakGlassOpened, .breakGlassEnded,
            .databaseBackedUp,
            .databaseRestored, .membershipChanged, .identityLinked, .identityUnlinked:
            .administration
        case .signedIn, .signInFailed, .accountLocked, .sessionEnded, .sessionRevoked: .signIn
        case .requestRead, .breakGlassRead: .reads
        case .auditExported, .journalExported, .requestsExported: .exports
        }
    }
}
