import Expressions
import JSONText
import WorkflowCore

/// Checks an export of the audit or of a journal without asking anybody: every chain whole from its first entry to its head, every
/// word and value what its digest says, and the file itself complete.
///
/// Nothing is signed: whoever can write a whole file anew can also compute its hashes. Compare the heads that the report gives with
/// those of an export that was kept elsewhere.
package struct ExportVerifier {
    /// What is wrong, and in which line, from 1.
    package struct Fault: Hashable, Sendable, CustomStringConvertible {
        package let line: Int
        package let message: String

        package var description: String { "line \(line): \(message)" }
    }

    /// A chain of the file.
    package struct Chain: Hashable, Sendable {
        package let name: String
        package let entries: Int
        /// Hexadecimal.
        package let head: String
    }

    /// What was found.
    package struct Report: Hashable, Sendable {
        /// In the order of the file.
        package fileprivate(set) var chains: [Chain] = []
        /// At most a hundred.
        package fileprivate(set) var faults: [Fault] = []
        /// Words and values that are not there any more; that is no fault.
        package fileprivate(set) var erased = 0
        /// Entries and values that were kept from whoever exported; the chain goes by them, and what they say is not checked.
        package fileprivate(set) var withheld = 0
    }

    /// What a file is an export of.
    private enum Kind: String {
        case audit, journal
    }

    private struct OpenChain {
        let name: String
        let kind: Kind
        var previous: [UInt8]
        var entries = 0
    }

    private var report = Report()
    private var line = 0
    private var digest: [UInt8] = []
    /// Nil as long as the file does not say so.
    private var kind: Kind?
    private var isEnded = false
    private var open: OpenChain?
    /// The last head of each log, for the day after.
    private var heads: [String: (day: String, hash: [UInt8])] = [:]

    package init() {}

    /// Takes the next line, without its line break.
    package mutating func read(_ text: String) {
        line += 1
        let members: [String: JSONValue]
        do throws(JSONProblem) {
            guard case .object(let object) = try JSONReader.value(of: text) else { return fault("This is no object.") }
            members = object
        } catch {
            return fault("This is no JSON (\(error)).")
        }
        guard !isEnded else { return fault("The export has ended before this line.") }
        if members["end"] != nil { return end(members) }
        digest = Digest.sha256(digest + Array(text.utf8))
        if line == 1 {
            kind = members["bureau_export"]?.string.flatMap { Kind(rawValue: $0) }
            if kind == nil { fault("This is no export of Bureau.") }
            if members["format"] != .number(String(ExportWriter.format)) {
                fault("This release does not know the format of the export.")
            }
        } else if let chain = members["chain"]?.string {
            if let head = members["head"]?.bytes { close(chain, members, head) } else { begin(chain, members) }
        } else if let number = members["n"]?.int {
            entry(number, members)
        } else {
            fault("This is neither a chain nor an entry.")
        }
    }

    /// Says what was found, once all lines were read.
    package mutating func finish() -> Report {
        if let open { fault("The chain \(open.name) does not end.") }
        if !isEnded { fault("The export does not end: something is missing after this line.") }
        return report
    }

    private mutating func begin(_ name: String, _ members: [String: JSONValue]) {
        if let open { fault("The chain \(open.name) does not end before \(name) begins.") }
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return fault("\(name) is no name of a chain.") }
        let chainKind: Kind = parts[0] == "request" ? .journal : .audit
        if let kind, kind != chainKind { fault("\(name) is no chain of such an export.") }
        if chainKind == .journal {
            guard let request = RequestID(parts[1]) else { return fault("\(name) is no name of a chain.") }
            open = OpenChain(name: name, kind: .journal, previous: JournalChain.start(of: request))
            return
        }
        let previous = members["after"]?.bytes
        if let head = heads[parts[0]] {
            if head.day >= parts[1] { fault("\(name) stands after a later day.") }
            if head.hash != previous { fault("\(name) does not continue the day before: days are missing.") }
        }
        open = OpenChain(name: name, kind: .audit, previous: AuditChain.start(of: name, after: previous))
    }

    private mutating func close(_ name: String, _ members: [String: JSONValue], _ head: [UInt8]) {
        guard let open, open.name == name else { return fault("\(name) ends here without having begun.") }
        self.open = nil
        if members["entries"]?.int != open.entries { fault("\(name) has \(open.entries) entries here.") }
        if !Digest.areEqual(open.previous, head) { fault("The head of \(name) is another one.") }
        report.chains.append(Chain(name: name, entries: open.entries, head: TextForms.hexadecimal(head)))
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2 { heads[parts[0]] = (parts[1], head) }
    }

    private mutating func entry(_ number: Int, _ members: [String: JSONValue]) {
        guard var chain = open else { return fault("This entry belongs to no chain.") }
        chain.entries += 1
        if number != chain.entries {
            fault("This is entry \(number) of \(chain.name) where entry \(chain.entries) should stand.")
            chain.entries = number
        }
        guard let stated = members["hash"]?.bytes, stated.count == Digest.size else {
            return fault("This entry has no hash.")
        }
        if members["withheld"] == .bool(true) {
            withhold(members, leaving: ["n", "hash"])
        } else if let computed = hash(of: members, number: number, after: chain.previous) {
            if !Digest.areEqual(computed, stated) { fault("This entry is not what was written, or not where.") }
        } else {
            fault("This entry cannot be read.")
        }
        // Goes on from what the line says, so that one change is one fault.
        chain.previous = stated
        open = chain
    }

    /// What is withheld is not checked, so it must not say anything: of a journal readers get no more than where it stands. Whoever exports
    /// the audit gets all of it.
    ///
    /// - Parameter place: The names of what is there all the same.
    private mutating func withhold(_ members: [String: JSONValue], leaving place: Set<String>) {
        guard open?.kind == .journal else { return fault("Nothing of the audit is ever withheld.") }
        guard Set(members.keys) == place.union(["withheld"]) else {
            return fault("This is said to be withheld, and is there.")
        }
        report.withheld += 1
    }

    private mutating func hash(of members: [String: JSONValue], number: Int, after previous: [UInt8]) -> [UInt8]? {
        if let text = members["entry"]?.string {
            check(members["words"], against: digests(in: text, "words")) { AuditChain.digest(of: $1, salt: $0) }
            return AuditChain.hash(of: text, sequence: number, after: previous)
        }
        guard let at = members["at"]?.string.flatMap({ Instant(rfc3339: $0) }), let kind = members["kind"]?.string,
            let format = members["event_format"]?.int, let configuration = members["configuration"]?.string,
            let principal = members["principal"]?.string, let data = members["data"]?.string
        else { return nil }
        check(members["values"], against: digests(in: data, "entered")) { AuditChain.digest(of: $1, salt: $0) }
        return JournalChain.hash(
            sequence: number, at: at, kind: kind, format: format, configuration: ConfigurationVersion(configuration),
            principal: principal, data: data, after: previous)
    }

    /// The digests that an entry holds, by name.
    private func digests(in text: String, _ member: String) -> [String: String] {
        // What cannot be read has no digests; that its hash does not fit is reported anyway.
        guard case .object(let members)? = try? JSONReader.value(of: text),
            case .object(let digests)? = members[member]
        else { return [:] }
        return digests.compactMapValues(\.string)
    }

    private mutating func check(
        _ given: JSONValue?, against digests: [String: String],
        _ digest: (_ salt: String, _ text: String) -> String
    ) {
        var given = if case .object(let members)? = given { members } else { [String: JSONValue]() }
        for (name, expected) in digests.sorted(by: { $0.key < $1.key }) {
            guard case .object(let word)? = given.removeValue(forKey: name) else {
                report.erased += 1
                continue
            }
            if word["withheld"] == .bool(true) {
                withhold(word, leaving: [])
            } else if let salt = word["salt"]?.string, let text = word["text"]?.string {
                if digest(salt, text) != expected { fault("“\(name)” is not what was written.") }
            } else {
                fault("“\(name)” cannot be read.")
            }
        }
        for name in given.keys.sorted() { fault("“\(name)” was never part of this entry.") }
    }

    private mutating func end(_ members: [String: JSONValue]) {
        isEnded = true
        if let open { fault("The chain \(open.name) does not end.") }
        open = nil
        if members["lines"]?.int != line - 1 {
            fault("Lines are missing or too many: \(line - 1) stand before the end.")
        }
        if members["digest"]?.bytes != digest { fault("The lines before are not those that were exported.") }
    }

    private mutating func fault(_ message: String) {
        if report.faults.count < 100 { report.faults.append(Fault(line: line, message: message)) }
    }
}

extension JSONValue {
    fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var int: Int? { if case .number(let text) = self { Int(text) } else { nil } }
    /// The bytes of hexadecimal text.
    fileprivate var bytes: [UInt8]? { string.flatMap { TextForms.bytes(hexadecimal: $0) } }
}
