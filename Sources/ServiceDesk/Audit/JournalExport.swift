import Expressions
import WorkflowCore

/// The journal of one request as somebody may read it: what happens in steps they do not see, or names a request that they do not
/// see, is there as a hash, values with other readers as their digests.
package struct JournalExport: Sendable {
    let storage: any QueryStorage
    let request: RequestID
    let number: String
    let reading: Reading
    let state: RequestState
    /// What of its parent, its predecessor and its successor the reader sees, too.
    let known: Set<RequestID>
    let lastVersion: Int

    /// Writes it line by line, each with its line break.
    ///
    /// - Throws: What storage or `write` throws; what was written until then has no last line.
    package func write(_ write: @escaping (String) async throws -> Void) async throws {
        var writer = ExportWriter(write)
        try await writer.line([
            ("bureau_export", "\"journal\""), ("format", String(ExportWriter.format)),
            ("at", CanonicalJSON.string(reading.now.description)), ("request", CanonicalJSON.string("\(request)")),
            ("number", CanonicalJSON.string(number)),
        ])
        let chain = "request/\(request)"
        try await writer.begin(chain: chain, after: nil)
        var last = 0
        var head = JournalChain.start(of: request)
        while last < lastVersion {
            let rows = try await storage.events(
                of: request, after: last, limit: min(200, lastVersion - last), for: reading.reader.asker)
            // They have just lost sight of it: no last line says that this was all.
            guard let end = rows.last else { throw DeskError.rejected(.unknownRequest) }
            for row in rows { try await writer.line(try exported(row)) }
            last = end.entry.sequence
            head = end.entry.hash
        }
        try await writer.end(chain: chain, entries: last, head: head)
        try await writer.end()
    }

    private func exported(_ row: StoredEvent) throws -> [(String, String)] {
        let entry = row.entry
        let place = [("n", String(entry.sequence)), ("hash", ExportWriter.hash(entry.hash))]
        let replayed = try JournalReplay.event(row)
        if let instance = replayed.event.instance, !Rules.canSee(instance, on: state, in: reading.context) {
            return place + [("withheld", "true")]
        }
        if !isReader(of: replayed) || namesUnknown(replayed.event) { return place + [("withheld", "true")] }
        var members =
            place + [
                ("at", CanonicalJSON.string(entry.at.description)), ("kind", CanonicalJSON.string(entry.kind)),
                ("event_format", String(entry.format)), ("data", CanonicalJSON.string(entry.data)),
                ("configuration", CanonicalJSON.string(entry.configuration.text)),
                ("principal", CanonicalJSON.string(entry.principal)),
            ]
        var values: [(String, String)] = []
        for content in row.contents {
            // Notes were asked about above.
            let isReadable =
                replayed.event.kind == "noted" || isReader(content.readers)
                || content.readers == NoteAudience.workers.description
                    && Rules.canRead(.workers, by: nil, on: state, in: reading.context)
            for (name, salted) in try CanonicalJSON.read(ProtectedValues.self, from: content.content).entered {
                let value =
                    isReadable
                    ? [
                        ("salt", CanonicalJSON.string(salted.salt)),
                        ("text", CanonicalJSON.string(try CanonicalJSON.value(salted.value))),
                    ] : [("withheld", "true")]
                values.append((name, CanonicalJSON.object(value)))
            }
        }
        if !values.isEmpty { members.append(("values", CanonicalJSON.object(values))) }
        return members
    }

    /// Whether an event names a request that the reader does not see: where this one came from, or what continues it.
    private func namesUnknown(_ event: Event) -> Bool {
        let others: [RequestID?] =
            switch event {
            case .raised(let raised): [raised.parent?.request, raised.successorOf]
            case .reopened(let successor, values: _), .successorRefused(let successor, reason: _): [successor]
            default: []
            }
        return others.contains { $0.map { !known.contains($0) } ?? false }
    }

    /// Whether a note is for the one who asks; anything else is. That somebody was told of one is for those who work on the request.
    private func isReader(of replayed: ReplayedEvent) -> Bool {
        switch replayed.event {
        case .noted(_, let audience):
            Rules.canRead(audience, by: replayed.principal.person, on: state, in: reading.context)
        case .told(_, .noted, about: _): Rules.canRead(.workers, by: nil, on: state, in: reading.context)
        default: true
        }
    }

    /// Whether a content's readers include the one who asks. Readers that an expression names are asked on screen, not here: an export
    /// gives rather too little.
    private func isReader(_ readers: String) -> Bool {
        guard !readers.isEmpty else { return true }
        var parties: Set<String> = []
        if let person = reading.reader.principal.person {
            parties = Set(reading.directory.parties(of: person, in: reading.configuration).map(\.description))
            if let handle = reading.directory[person]?.handle { parties.insert("handle:\(handle)") }
        }
        return readers.split(separator: ",").contains { parties.contains(String($0)) }
    }
}
