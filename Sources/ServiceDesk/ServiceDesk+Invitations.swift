import Expressions
import WorkflowCore

/// Who confirms a code to sign in that an administrator of the platform has made, and who is told of codes.
extension ServiceDesk {
    /// Confirms that somebody gets the code that was made for them.
    ///
    /// - Throws: `.rejected` with `access.not_allowed` for whoever confirms for nobody; with `invitation.none` when no code of that person
    ///   waits for the viewer, whether there is one or not.
    package func confirmInvitation(of handle: String, by viewer: Viewer) async throws(DeskError) {
        try require(.confirmInvitations, of: viewer)
        let now = clock().truncatedToMicroseconds
        let (directory, compiled) = try await asking { () throws(StorageError) in
            (try await directories.newest(), try await configurations.current())
        }
        let rule = try await invitationRule(directory, compiled.configuration)
        guard let person = directory.person(handle: handle), person.isActive else { throw .rejected(.noInvitation) }
        let found = try await asking { () throws(StorageError) in try await storage.invitation(of: person.id) }
        guard let invitation = found, now < invitation.expiresAt, invitation.confirmedBy == nil,
            let inviter = invitation.invitedBy,
            rule.confirmers(of: person.id, invitedBy: inviter)?.contains(viewer.person.id) == true
        else { throw .rejected(.noInvitation) }
        let entry = auditEntry(
            .accountInvitationConfirmed, by: viewer.principal.description, subject: "person:\(person.id)",
            details: ["invited_by": "person:\(inviter)"])
        let told = try await invitationNotices(for: person.id).confirmed(by: viewer.person.id, for: inviter)
        let isConfirmed = try await asking { () throws(StorageError) in
            try await storage.confirmInvitation(
                digest: invitation.digest, by: viewer.person.id, at: now, audit: [entry], telling: told)
        }
        guard isConfirmed else { throw .rejected(.noInvitation) }
    }

    /// Throws unless whoever made the code could make it now, and it is good without a second person or one has confirmed it who could do so
    /// now. By the people of now: who has just come into an office is in it, and who has just left one answers for nothing.
    func requireConfirmation(
        of invitation: StoredInvitation, _ directory: Directory
    ) async throws(DeskError) {
        guard let inviter = invitation.invitedBy else { return }
        let compiled = try await asking { () throws(StorageError) in
            try await configurations.current(with: directory)
        }
        let authority = Authority(of: inviter, in: directory, compiled.configuration)
        guard inviter == invitation.person || Access.may(authority, .manageAccounts) else {
            throw .rejected(.invitationUnknown)
        }
        let rule = try await invitationRule(directory, compiled.configuration)
        guard let confirmers = rule.confirmers(of: invitation.person, invitedBy: inviter) else { return }
        guard let confirmer = invitation.confirmedBy, confirmers.contains(confirmer) else {
            throw .rejected(.unconfirmed)
        }
    }

    func invitationNotices(for person: PersonID) async throws(DeskError) -> InvitationNotices {
        let (directory, compiled) = try await asking { () throws(StorageError) in
            (try await directories.newest(), try await configurations.current())
        }
        return InvitationNotices(
            person: person, directory: directory, configuration: compiled.configuration,
            now: clock().truncatedToMicroseconds, rule: try await invitationRule(directory, compiled.configuration),
            newID: newID)
    }
}

extension Rejection {
    fileprivate static let noInvitation = Rejection(
        .notFound, code: "invitation.none", message: "No code of that person waits for you.")
    fileprivate static let unconfirmed = Rejection(
        .forbidden, code: "invitation.unconfirmed", message: "Somebody else must confirm this code before it is good.",
        hint: "The administrators of your department were asked.")
    static let nobodyConfirms = Rejection(
        .conflict, code: "invitation.nobody_confirms",
        message: "This takes a second person to confirm it, and there is nobody who could.",
        hint: "An operator makes a code on the machine: bureaud account invite.")
}
