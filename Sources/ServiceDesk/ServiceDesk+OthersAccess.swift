import Expressions
package import WorkflowCore

/// Sessions and tokens of others: those of people for whoever may manage accounts, tokens of programs for whoever may manage service
/// accounts.
///
/// - Throws: `.rejected` with `access.not_allowed` for everybody else, with `people.unknown` for leavers and strangers.
extension ServiceDesk {
    /// Somebody's sessions that are not over, the newest first.
    package func sessions(of handle: String, for viewer: Viewer) async throws(DeskError) -> [SessionView] {
        try require(.manageAccounts, of: viewer)
        return try await presentSessions(of: try await person(handle).id, for: viewer)
    }

    /// Ends a session of somebody.
    ///
    /// - Throws: `.rejected` with `session.unknown`, also for sessions of others than that person.
    package func endSession(_ id: UniqueID, of handle: String, by viewer: Viewer) async throws(DeskError) {
        try require(.manageAccounts, of: viewer)
        guard try await endSession(id, of: try await person(handle).id, by: viewer) else {
            throw .rejected(
                Rejection(.notFound, code: "session.unknown", message: "\(handle) has no such session."))
        }
    }

    /// Tokens that can still be used, the newest first: somebody's, or a program's.
    package func tokens(of handle: String, for viewer: Viewer) async throws(DeskError) -> [StoredToken] {
        try await usableTokens(of: try await tokenHolder(handle, by: viewer).id)
    }

    /// Makes a token of a program, which cannot do more than what the viewer came with. The secret is given once, and whoever has it
    /// acts as the program: of one that sees or decides more than every employee, outside of what the viewer administers, an operator
    /// makes it.
    ///
    /// - Throws: As for tokens of one's own; also `.rejected` with `account.not_a_program` for people, who make theirs themselves, and with
    ///   `token.others_office`.
    package func createToken(
        for handle: String, _ label: String, scopes: Set<Scope>, lifetime: Duration, by viewer: Viewer
    ) async throws(DeskError) -> (secret: String, stored: StoredToken) {
        try require(.manageServiceAccounts, of: viewer)
        let program = try await person(handle)
        guard program.kind == .service else {
            throw .rejected(
                Rejection(
                    .conflict, code: "account.not_a_program", message: "\(handle) is a person, who makes tokens alone.")
            )
        }
        let (directory, compiled) = try await asking { () throws(StorageError) in
            (try await directories.newest(), try await configurations.newest())
        }
        let foreign = try await invitationRule(directory, compiled.configuration)
            .advantages(of: program.id, besidesThoseOf: viewer.person.id)
        guard foreign.isEmpty else { throw .rejected(.othersOffice(handle, foreign.sorted())) }
        return try await createToken(of: program.id, label, scopes: scopes, lifetime: lifetime, by: viewer)
    }

    /// Revokes a token of somebody or of a program.
    ///
    /// - Throws: `.rejected` with `token.unknown`, also for tokens of others than that person.
    package func revokeToken(_ id: UniqueID, of handle: String, by viewer: Viewer) async throws(DeskError) {
        let holder = try await tokenHolder(handle, by: viewer)
        guard try await usableTokens(of: holder.id).contains(where: { $0.id == id }),
            try await revokeToken(id, by: viewer.principal.description)
        else {
            throw .rejected(Rejection(.notFound, code: "token.unknown", message: "\(handle) has no such token."))
        }
    }

    /// Whose tokens these are. Who may do neither learns nothing of who there is.
    private func tokenHolder(_ handle: String, by viewer: Viewer) async throws(DeskError) -> Directory.Person {
        if !Access.may(viewer.authority, .manageServiceAccounts) { try require(.manageAccounts, of: viewer) }
        let holder = try await person(handle)
        try require(holder.kind == .service ? .manageServiceAccounts : .manageAccounts, of: viewer)
        return holder
    }
}

extension Rejection {
    fileprivate static func othersOffice(_ handle: String, _ advantages: [Advantage]) -> Rejection {
        let list = advantages.prefix(20).map(\.description).joined(separator: ", ")
        return Rejection(
            .forbidden, code: "token.others_office",
            message: "\(handle) sees or decides what is not yours: \(list). Whoever has its token does, too.",
            hint: "Let whoever runs Bureau make the token: bureaud token create \(handle).")
    }
}
