import WorkflowCore

/// Writes an export line by line, as JSON Lines: a head, chains, an end.
///
///     {"bureau_export":"audit","format":1,…}
///     {"chain":"administration/2026-11-22","after":"<last hash of the day before>"}
///     {"n":1,"entry":"{…}","hash":"…","words":{"handle":{"salt":"…","text":"…"}}}
///     {"chain":"administration/2026-11-22","entries":1,"head":"<hash of the last entry>"}
///     {"digest":"…","end":true,"lines":4}
///
/// `entry` is a text, because the hash covers its bytes. The digest of the end covers all lines before it, one after the other:
/// `digest(n) = SHA-256( digest(n - 1) ‖ line n )`, beginning with nothing. A journal's chain is `request/` and its identifier.
///
/// What a journal's reader may not see is `{"n":2,"hash":"…","withheld":true}`, a value `{"withheld":true}`, and nothing else. Nothing of the
/// audit is withheld.
struct ExportWriter {
    static let format = 1

    private let write: (String) async throws -> Void
    private var digest: [UInt8] = []
    private var lines = 0

    init(_ write: @escaping (String) async throws -> Void) {
        self.write = write
    }

    /// - Parameter members: Finished JSON by key.
    mutating func line(_ members: [(String, String)]) async throws {
        let line = CanonicalJSON.object(members)
        digest = Digest.sha256(digest + Array(line.utf8))
        lines += 1
        try await write(line + "\n")
    }

    mutating func begin(chain: String, after previous: [UInt8]?) async throws {
        var members = [("chain", CanonicalJSON.string(chain))]
        if let previous { members.append(("after", Self.hash(previous))) }
        try await line(members)
    }

    mutating func end(chain: String, entries: Int, head: [UInt8]) async throws {
        try await line([
            ("chain", CanonicalJSON.string(chain)), ("entries", String(entries)), ("head", Self.hash(head)),
        ])
    }

    mutating func end() async throws {
        try await line([("end", "true"), ("lines", String(lines)), ("digest", Self.hash(digest))])
    }

    static func hash(_ bytes: [UInt8]) -> String { CanonicalJSON.string(TextForms.hexadecimal(bytes)) }
}
