package import ServiceDesk
import WorkflowCore

/// A signed token (RFC 7515, compact serialisation) before its signature is verified: its header alone has been read.
package struct CompactToken: Sendable, Hashable {
    /// A longer token is not looked at.
    package static let maximumSize = 16 << 10

    /// Three parts of strict base64url, joined by dots.
    package let text: String
    package let algorithm: SignatureAlgorithm
    package let keyID: String?

    /// Reads the header; nothing else of the token has a meaning yet.
    ///
    /// Header members that would bring a key along (`jwk`, `jku`, `x5c`, `x5u`) mean nothing here: keys come from the provider.
    ///
    /// - Throws: `.untrusted` for what is no such token, and for an algorithm that is not in the list.
    package init(_ text: String) throws(IdentityTrouble) {
        guard text.utf8.count <= Self.maximumSize else { throw .untrusted("the token is too long") }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
            throw .untrusted("the token has not three parts")
        }
        var decoded: [[UInt8]] = []
        for part in parts {
            guard let bytes = TextForms.bytes(base64URL: String(part)) else {
                throw .untrusted("the token is not in base64url")
            }
            decoded.append(bytes)
        }
        guard let header = JSONMembers(decoded[0]) else { throw .untrusted("the token's header is no JSON object") }
        guard let name = header.text("alg"), let algorithm = SignatureAlgorithm(rawValue: name) else {
            throw .untrusted("the token's algorithm is not allowed")
        }
        guard header["crit"] == nil, header["b64"] == nil, header["zip"] == nil else {
            throw .untrusted("the token's header wants what Bureau does not know")
        }
        if let kind = header["typ"] {
            guard case .string(let kind) = kind, ["jwt", "application/jwt"].contains(kind.lowercased()) else {
                throw .untrusted("the token is of another kind")
            }
        }
        if header["kid"] != nil {
            guard let keyID = header.text("kid"), keyID.utf8.count <= 256 else {
                throw .untrusted("the token's key has no proper name")
            }
            self.keyID = keyID
        } else {
            keyID = nil
        }
        self.text = text
        self.algorithm = algorithm
    }
}
