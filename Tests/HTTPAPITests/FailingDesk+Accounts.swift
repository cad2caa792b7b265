import HTTPAPI
import ServiceDesk
import WorkflowCore

extension FailingDesk {
    func signIn(as handle: String, password: String, label: String?) async throws(DeskError) -> StartedSession {
        throw error
    }
    func signIn(
        invitation code: String, password: String, label: String?
    ) async throws(DeskError) -> StartedSession { throw error }
    func changePassword(from old: String, to new: String, of viewer: Viewer) async throws(DeskError) { throw error }
    func account(of handle: String, for viewer: Viewer) async throws(DeskError) -> AccountView { throw error }
    func invite(_ handle: String, by viewer: Viewer) async throws(DeskError) -> Invitation { throw error }
    func confirmInvitation(of handle: String, by viewer: Viewer) async throws(DeskError) { throw error }
    func lockAccount(of handle: String, by viewer: Viewer) async throws(DeskError) { throw error }
    func unlockAccount(of handle: String, by viewer: Viewer) async throws(DeskError) { throw error }
    func sessions(of handle: String, for viewer: Viewer) async throws(DeskError) -> [SessionView] { throw error }
    func endSession(_ id: UniqueID, of handle: String, by viewer: Viewer) async throws(DeskError) { throw error }
    func tokens(of handle: String, for viewer: Viewer) async throws(DeskError) -> [StoredToken] { throw error }
    func createToken(
        for handle: String, _ label: String, scopes: Set<Scope>, lifetime: Duration, by viewer: Viewer
    ) async throws(DeskError) -> (secret: String, stored: StoredToken) { throw error }
    func revokeToken(_ id: UniqueID, of handle: String, by viewer: Viewer) async throws(DeskError) { throw error }
}
