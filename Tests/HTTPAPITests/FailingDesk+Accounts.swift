import HTTPAPI
import ServiceDesk

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
    func lockAccount(of handle: String, by viewer: Viewer) async throws(DeskError) { throw error }
    func unlockAccount(of handle: String, by viewer: Viewer) async throws(DeskError) { throw error }
}
