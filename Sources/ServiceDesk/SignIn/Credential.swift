package import WorkflowCore

/// What a call showed to say who asks.
package enum Credential: Hashable, Sendable {
    /// A bearer token and what it was made for.
    case token(UniqueID, scopes: Set<Scope>)
    /// A browser's session.
    case session(UniqueID)
    /// Nothing: the caller is code of this process that has made sure itself.
    case process

    /// Whether this is enough for what needs the scope. A session stands for the whole person.
    package func allows(_ scope: Scope) -> Bool {
        switch self {
        case .token(_, let scopes): scopes.contains(scope) || scopes.contains(.all)
        case .session, .process: true
        }
    }

    /// The session; nil for everything else.
    package var session: UniqueID? {
        if case .session(let id) = self { id } else { nil }
    }
}

/// What a token may be used for. It narrows what its person may do and never widens it.
package enum Scope: String, CaseIterable, Comparable, Sendable {
    case requestsRead = "requests:read"
    case requestsWrite = "requests:write"
    /// The inbox and the commands on steps.
    case work
    case directoryWrite = "directory:write"
    case configurationWrite = "configuration:write"
    case auditRead = "audit:read"
    /// Sessions, tokens, the password and deputies of oneself.
    case account
    /// Everything, also what later releases add.
    case all

    package static func < (left: Scope, right: Scope) -> Bool { left.rawValue < right.rawValue }
}
