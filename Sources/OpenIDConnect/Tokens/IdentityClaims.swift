import ServiceDesk
import WorkflowCore

/// Reads from a provider's claims who somebody is.
struct IdentityClaims {
    /// More groups than these are no answer of a provider that was set up for Bureau.
    private static let maximumGroups = 1000

    let client: ClientRegistration

    /// Whether claims are missing that the provider may give elsewhere.
    func areIncomplete(_ claims: JSONMembers) -> Bool {
        claims[client.handleClaim] == nil || (client.groupClaim.map { claims[$0] == nil } ?? false)
    }

    /// - Throws: `.unsuitable` when nothing names anybody.
    func identity(_ claims: JSONMembers, subject: String) throws(IdentityTrouble) -> ProvenIdentity {
        guard let text = claims.text(client.handleClaim), (1...254).contains(text.utf8.count) else {
            throw .unsuitable("the claim \(client.handleClaim) names nobody")
        }
        if client.handleClaim == "email" {
            // Without the provider's word anybody could have entered anybody's address there.
            guard claims.flag("email_verified") else { throw .unsuitable("email is not verified") }
            return ProvenIdentity(
                issuer: client.issuer, subject: subject, name: .address(text), groups: try groups(claims))
        }
        return ProvenIdentity(issuer: client.issuer, subject: subject, name: .handle(text), groups: try groups(claims))
    }

    /// An array of texts or a single one.
    private func groups(_ claims: JSONMembers) throws(IdentityTrouble) -> Set<String> {
        guard let name = client.groupClaim, claims[name] != nil else { return [] }
        if let group = claims.text(name) { return [group] }
        guard let groups = claims.texts(name), groups.count <= Self.maximumGroups else {
            throw .unsuitable("the claim \(name) is no list of groups")
        }
        return Set(groups)
    }
}
