package import ServiceDesk
import WorkflowCore

/// A provider's keys (RFC 7517, section 5). Keys that Bureau cannot use are left out.
package struct KeySet: Sendable, Hashable {
    /// More keys than this are not read.
    static let maximumCount = 100

    package let keys: [VerificationKey]

    /// - Throws: `.untrusted` for what is no key set.
    package init(_ document: [UInt8]) throws(IdentityTrouble) {
        guard let members = JSONMembers(document), case .array(let elements)? = members["keys"],
            elements.count <= Self.maximumCount
        else { throw .untrusted("the key set is none") }
        keys = elements.compactMap { JSONMembers($0).flatMap { VerificationKey($0) } }
    }

    /// The keys that may have made a signature: those of that identifier; for a token without one the only key of its kind.
    func candidates(_ algorithm: SignatureAlgorithm, id: String?) -> [VerificationKey] {
        let fitting = keys.filter { $0.fits(algorithm) }
        guard let id else { return fitting.count == 1 ? fitting : [] }
        return fitting.filter { $0.id == id }
    }
}
