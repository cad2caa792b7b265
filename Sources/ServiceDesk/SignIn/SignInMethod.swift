/// How somebody showed who they are when a session began.
package enum SignInMethod: String, CaseIterable, Sendable {
    case password
    /// A one-time code with which an account begins or begins anew.
    case invitation
    /// OpenID Connect.
    case provider
    /// Nothing at all: a demonstration on one machine.
    case demo
}
