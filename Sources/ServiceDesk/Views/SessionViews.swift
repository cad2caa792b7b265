package import Expressions
package import WorkflowCore

/// A session that has just begun. The secret is given once and stored nowhere.
package struct StartedSession: Sendable {
    package let secret: String
    /// What every write of the browser must carry as `X-CSRF-Token`.
    package let csrfToken: String
    package let view: SessionView
    package let viewer: Viewer

    package init(secret: String, csrfToken: String, view: SessionView, viewer: Viewer) {
        self.secret = secret
        self.csrfToken = csrfToken
        self.view = view
        self.viewer = viewer
    }
}

/// Somebody who came with a session.
package struct SessionVisit: Sendable {
    package let viewer: Viewer
    package let csrfToken: String
    /// The secret from now on; nil: the same as before.
    package let newSecret: String?
    /// In which the person reads moments; nil for the organisation's.
    package let zone: ZoneRules?

    package init(viewer: Viewer, csrfToken: String, newSecret: String?, zone: ZoneRules? = nil) {
        self.viewer = viewer
        self.csrfToken = csrfToken
        self.newSecret = newSecret
        self.zone = zone
    }

    /// Whether this is the session's token, in a time that does not depend on where it differs.
    package func isProven(by token: String) -> Bool {
        Digest.areEqual(Array(token.utf8), Array(csrfToken.utf8))
    }
}

/// A session as its owner sees it.
package struct SessionView: Sendable, Hashable {
    package let id: UniqueID
    package let method: SignInMethod
    package let label: String
    package let createdAt: Instant
    /// To the minute.
    package let seenAt: Instant
    package let expiresAt: Instant
    /// Whether it is the one that asks.
    package let isCurrent: Bool

    package init(
        id: UniqueID, method: SignInMethod, label: String, createdAt: Instant, seenAt: Instant, expiresAt: Instant,
        isCurrent: Bool
    ) {
        self.id = id
        self.method = method
        self.label = label
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.isCurrent = isCurrent
    }
}

extension SessionView {
    init(_ session: StoredSession, isCurrent: Bool) {
        self.init(
            id: session.id, method: session.method, label: session.label, createdAt: session.createdAt,
            seenAt: session.seenAt, expiresAt: session.expiresAt, isCurrent: isCurrent)
    }
}
