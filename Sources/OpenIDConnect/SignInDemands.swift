import Expressions
import ServiceDesk
import WorkflowCore

/// How strong and how recent a sign-in at the provider must be.
package struct SignInDemands: Sendable, Hashable {
    /// Classes of authentication (`acr`), any of which is enough; empty: any is.
    package var classes: [String]
    /// Methods (`amr`, RFC 8176), each of which must have been used.
    package var methods: [String]
    /// How long ago somebody may have proven who they are; nil: the provider's session is enough.
    package var age: Duration?

    package init(classes: [String] = [], methods: [String] = [], age: Duration? = nil) {
        self.classes = classes
        self.methods = methods
        self.age = age
    }

    /// What is asked of the provider, which may answer with less (OpenID Connect Core 1.0, section 3.1.2.1).
    var parameters: [(String, String)] {
        var parameters: [(String, String)] = []
        if !classes.isEmpty { parameters.append(("acr_values", classes.joined(separator: " "))) }
        if let age { parameters.append(("max_age", String(age.components.seconds))) }
        return parameters
    }

    /// - Throws: `.tooWeak` with what the verified claims do not say.
    func check(_ claims: JSONMembers, at now: Instant, clockSkew: Duration) throws(IdentityTrouble) {
        if !classes.isEmpty {
            guard let found = claims.text("acr"), classes.contains(found) else { throw .tooWeak("acr") }
        }
        if !methods.isEmpty {
            guard let found = claims.texts("amr"), Set(methods).isSubset(of: found) else { throw .tooWeak("amr") }
        }
        if let age {
            guard case .number(let text)? = claims["auth_time"], let seconds = Double(text),
                (0...253_402_300_799).contains(seconds),
                Instant(seconds: Int64(seconds)) + age + clockSkew >= now
            else { throw .tooWeak("auth_time") }
        }
    }
}
