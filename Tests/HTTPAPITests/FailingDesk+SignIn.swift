import HTTPAPI
import ServiceDesk
import WorkflowCore

extension FailingDesk {
    func visit(session secret: String) async throws(DeskError) -> SessionVisit? {
        guard secret == session, let viewer = try await viewer(bearer: "good") else { return nil }
        var mine = viewer
        mine.credential = .session(UniqueID(high: 5, low: 6))
        return SessionVisit(viewer: mine, csrfToken: "proof", newSecret: newSecret)
    }

    func visit(unattended secret: String) async throws(DeskError) -> SessionVisit? {
        try await visit(session: secret)
    }

    func startSession(
        for person: PersonID, method: SignInMethod, label: String?
    ) async throws(DeskError) -> StartedSession { throw error }
    func sessions(of viewer: Viewer) async throws(DeskError) -> [SessionView] { throw error }
    func endSession(_ id: UniqueID, of viewer: Viewer) async throws(DeskError) { throw error }
    func endSession(secret: String) async throws(DeskError) { throw error }
    func tokens(of viewer: Viewer) async throws(DeskError) -> [StoredToken] { throw error }
    func createToken(
        _ label: String, scopes: Set<Scope>, lifetime: Duration, by viewer: Viewer
    ) async throws(DeskError) -> (secret: String, stored: StoredToken) { throw error }
    func revokeToken(_ id: UniqueID, of viewer: Viewer) async throws(DeskError) { throw error }
    func signInForDemonstration(as handle: String, label: String?) async throws(DeskError) -> StartedSession {
        throw error
    }
}
