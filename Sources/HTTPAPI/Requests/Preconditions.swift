import HTTPTypes
import Hummingbird

extension Request {
    /// What `Idempotency-Key` says; nil when there is none.
    func idempotencyKey() throws(Problem) -> String? {
        guard let key = headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(.malformedKey)
        }
        return key
    }

    /// The version that `If-Match` demands; nil when any will do.
    func expectedVersion() throws(Problem) -> Int? {
        guard let header = headers[.ifMatch], header != "*" else { return nil }
        guard let tag = EntityTag(header) else { throw Problem(.malformedIfMatch) }
        return tag.version
    }
}
