package import ServiceDesk
package import WorkflowCore

/// What the API asks of the application about passwords and accounts.
package protocol AccountDesk: Sendable {
    func signIn(as handle: String, password: String, label: String?) async throws(DeskError) -> StartedSession
    func signIn(invitation code: String, password: String, label: String?) async throws(DeskError) -> StartedSession
    func changePassword(from old: String, to new: String, of viewer: Viewer) async throws(DeskError)
    func account(of handle: String, for viewer: Viewer) async throws(DeskError) -> AccountView
    func invite(_ handle: String, by viewer: Viewer) async throws(DeskError) -> Invitation
    func confirmInvitation(of handle: String, by viewer: Viewer) async throws(DeskError)
    func lockAccount(of handle: String, by viewer: Viewer) async throws(DeskError)
    func unlockAccount(of handle: String, by viewer: Viewer) async throws(DeskError)
    func sessions(of handle: String, for viewer: Viewer) async throws(DeskError) -> [SessionView]
    func endSession(_ id: UniqueID, of handle: String, by viewer: Viewer) async throws(DeskError)
    func tokens(of handle: String, for viewer: Viewer) async throws(DeskError) -> [StoredToken]
    func createToken(
        for handle: String, _ label: String, scopes: Set<Scope>, lifetime: Duration, by viewer: Viewer
    ) async throws(DeskError) -> (secret: String, stored: StoredToken)
    func revokeToken(_ id: UniqueID, of handle: String, by viewer: Viewer) async throws(DeskError)
}
