package import ServiceDesk
package import WorkflowCore

/// What the API asks of the application about signing in.
package protocol SignInDesk: Sendable {
    /// Nil when there is no such session, its time is over, or its person has left.
    func visit(session secret: String) async throws(DeskError) -> SessionVisit?
    /// The same for what a page asks by itself: that keeps nobody's session from ending.
    func visit(unattended secret: String) async throws(DeskError) -> SessionVisit?
    func startSession(
        for person: PersonID, method: SignInMethod, label: String?
    ) async throws(DeskError) -> StartedSession
    func sessions(of viewer: Viewer) async throws(DeskError) -> [SessionView]
    func endSession(_ id: UniqueID, of viewer: Viewer) async throws(DeskError)
    func endSession(secret: String) async throws(DeskError)
    func tokens(of viewer: Viewer) async throws(DeskError) -> [StoredToken]
    func createToken(
        _ label: String, scopes: Set<Scope>, lifetime: Duration, by viewer: Viewer
    ) async throws(DeskError) -> (secret: String, stored: StoredToken)
    func revokeToken(_ id: UniqueID, of viewer: Viewer) async throws(DeskError)
    func signInForDemonstration(as handle: String, label: String?) async throws(DeskError) -> StartedSession
}
