package import ServiceDesk

/// What the API asks of the application about passwords and accounts.
package protocol AccountDesk: Sendable {
    func signIn(as handle: String, password: String, label: String?) async throws(DeskError) -> StartedSession
    func signIn(invitation code: String, password: String, label: String?) async throws(DeskError) -> StartedSession
    func changePassword(from old: String, to new: String, of viewer: Viewer) async throws(DeskError)
    func account(of handle: String, for viewer: Viewer) async throws(DeskError) -> AccountView
    func invite(_ handle: String, by viewer: Viewer) async throws(DeskError) -> Invitation
    func lockAccount(of handle: String, by viewer: Viewer) async throws(DeskError)
    func unlockAccount(of handle: String, by viewer: Viewer) async throws(DeskError)
}
