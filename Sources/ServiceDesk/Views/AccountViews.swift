package import Expressions
import WorkflowCore

/// Somebody's account as those see it who administer accounts.
package struct AccountView: Sendable {
    package let person: PersonReference
    package let hasPassword: Bool
    package let passwordChangedAt: Instant?
    /// Locked by an administrator, until one unlocks it.
    package let isLocked: Bool
    /// Until when no password is tried, after failures; nil when it may be.
    package let blockedUntil: Instant?
    /// Until when the present invitation is good; nil when there is none.
    package let invitedUntil: Instant?

    package init(
        person: PersonReference, hasPassword: Bool, passwordChangedAt: Instant?, isLocked: Bool,
        blockedUntil: Instant?, invitedUntil: Instant?
    ) {
        self.person = person
        self.hasPassword = hasPassword
        self.passwordChangedAt = passwordChangedAt
        self.isLocked = isLocked
        self.blockedUntil = blockedUntil
        self.invitedUntil = invitedUntil
    }
}

/// A code with which somebody sets a password once. It is given once and stored nowhere.
package struct Invitation: Sendable, Hashable {
    package let code: String
    package let expiresAt: Instant
    /// Whether it is good only once a second person has confirmed it.
    package let needsConfirmation: Bool

    package init(code: String, expiresAt: Instant, needsConfirmation: Bool) {
        self.code = code
        self.expiresAt = expiresAt
        self.needsConfirmation = needsConfirmation
    }
}
