package import Expressions

/// What is wrong with a file of people: everything, by line.
package struct PeopleFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// From 1; the header is 1.
        package let line: Int
        /// Stable: `people.unknown_manager`.
        package let code: String
        /// One sentence in plain words.
        package let message: String

        package var description: String { "line \(line): \(message) [\(code)]" }
    }

    /// By line.
    package let problems: [Problem]

    /// One problem a line.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// A file of people: CSV with the columns `handle,name,email,manager,site,language,groups,deputies,kind`, named in the first line in any order.
///
/// `handle`, `name` and `email` are required, the others may be empty or absent. The manager is a handle of the same file;
/// groups stand in one field, separated by semicolons, and so do deputies, each a handle of the same file, perhaps with the days on
/// which they stand in: `ann 2026-12-01..2026-12-31`, where either day may be missing. The kind is
/// `person` (also when empty) or `service`, which needs no address and has no manager. The file holds all people: who is missing has left.
/// Service accounts that it does not name stay as they are.
package struct PeopleFile {
    /// One line: somebody.
    package struct Row: Hashable, Sendable {
        package let handle: String
        package let name: String
        package let email: String
        /// Nil for the organisation's default.
        package let language: String?
        /// The manager's handle, which stands in the same file; nil for nobody.
        package let manager: String?
        /// A choice of the shared list `sites`; nil when unknown.
        package let site: String?
        package let groups: Set<GroupID>
        /// In the order of the file.
        package let deputies: [Deputy]
        package var kind: Directory.Kind = .person

        package init(
            handle: String, name: String, email: String, language: String?, manager: String?, site: String?,
            groups: Set<GroupID>, deputies: [Deputy] = []
        ) {
            self.handle = handle
            self.name = name
            self.email = email
            self.language = language
            self.manager = manager
            self.site = site
            self.groups = groups
            self.deputies = deputies
        }
    }

    /// Somebody who stands in for the person of a line.
    package struct Deputy: Hashable, Sendable {
        /// Stands in the same file.
        package let handle: String
        /// The first and the last day; nil for no bound.
        package let from: CivilDate?
        package let until: CivilDate?
    }

    private static let columns = [
        "handle", "name", "email", "manager", "site", "language", "groups", "deputies", "kind",
    ]
    private static let required = ["handle", "name", "email"]

    private let configuration: Configuration
    private var problems: [PeopleFileError.Problem] = []
    private var rows: [(line: Int, person: Row)] = []

    /// The checked people, in the order of the file.
    ///
    /// - Parameter configuration: Where groups, sites and languages are declared. Sites are the choices of the shared list `sites`, if there
    ///   is one.
    /// - Throws: All problems at once.
    package static func read(_ text: String, configuration: Configuration) throws(PeopleFileError) -> [Row] {
        var file = PeopleFile(configuration: configuration)
        file.read(text)
        guard file.problems.isEmpty else {
            throw PeopleFileError(problems: file.problems.sorted { ($0.line, $0.code) < ($1.line, $1.code) })
        }
        return file.rows.map(\.person)
    }

    private init(configuration: Configuration) {
        self.configuration = configuration
    }

    private mutating func report(_ line: Int, _ code: String, _ message: String) {
        problems.append(PeopleFileError.Problem(line: line, code: "people.\(code)", message: message))
    }

    private mutating func read(_ text: String) {
        let (records, syntax) = CSVReader.read(text)
        for problem in syntax { report(problem.line, "syntax", problem.message) }
        guard let header = records.first else {
            report(1, "no_header", "The first line names the columns: \(Self.columns.joined(separator: ",")).")
            return
        }
        guard check(header) else { return }
        for record in records.dropFirst() {
            guard record.fields.count == header.fields.count else {
                report(
                    record.line, "field_count",
                    "The line has \(record.fields.count) fields; the header names \(header.fields.count).")
                continue
            }
            add(Dictionary(zip(header.fields, record.fields)) { first, _ in first }, line: record.line)
        }
        checkUniqueness()
        checkManagers()
        checkDeputies()
    }

    private mutating func check(_ header: CSVReader.Record) -> Bool {
        let before = problems.count
        var seen: Set<String> = []
        for name in header.fields {
            if !Self.columns.contains(name) {
                report(
                    header.line, "unknown_column",
                    "There is no column \(name); columns are \(Self.columns.joined(separator: ", ")).")
            } else if !seen.insert(name).inserted {
                report(header.line, "duplicate_column", "The column \(name) stands there twice.")
            }
        }
        for name in Self.required where !seen.contains(name) {
            report(header.line, "missing_column", "The column \(name) is missing.")
        }
        return problems.count == before
    }

    private mutating func add(_ fields: [String: String], line: Int) {
        func optional(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
        let handle = fields["handle"] ?? ""
        let email = fields["email"] ?? ""
        if !Self.isHandle(handle) {
            report(
                line, "bad_handle",
                "A handle has small letters, digits, dots, hyphens and underscores, begins with a letter and has at most 64."
            )
        }
        if (fields["name"] ?? "").isEmpty { report(line, "no_name", "The name is empty.") }
        let kind = optional("kind").map { Directory.Kind(rawValue: $0) } ?? .person
        if kind == nil { report(line, "unknown_kind", "The kind is person or service, not \(fields["kind"] ?? "").") }
        if kind == .service, optional("manager") != nil {
            report(line, "managed_service", "A service account has no manager.")
        }
        if !(kind == .service && email.isEmpty), !Self.isEmail(email) {
            report(line, "bad_email", "“\(email)” is no e-mail address.")
        }
        if let language = optional("language"), !configuration.organisation.languages.contains(language) {
            let known = configuration.organisation.languages.joined(separator: ", ")
            report(line, "unknown_language", "\(language) is no language of the organisation (\(known)).")
        }
        if let site = optional("site"), let sites = configuration.lists["sites"],
            !sites.choices.contains(where: { $0.value == site })
        {
            report(line, "unknown_site", "\(site) is not in the list of sites.")
        }
        var groups: Set<GroupID> = []
        for name in (fields["groups"] ?? "").split(separator: ";") {
            let group = GroupID(String(name.filter { $0 != " " }))
            if let known = configuration.groups[group] {
                if known.claim != nil {
                    report(line, "claimed_group", "Who is in \(group) says the sign-in service, not this file.")
                }
            } else {
                report(line, "unknown_group", "There is no group \(group) in the configuration.")
            }
            groups.insert(group)
        }
        var person = Row(
            handle: handle, name: fields["name"] ?? "", email: email, language: optional("language"),
            manager: optional("manager"), site: optional("site"), groups: groups,
            deputies: deputies(fields["deputies"] ?? "", of: handle, line: line))
        person.kind = kind ?? .person
        rows.append((line, person))
    }

    private mutating func checkUniqueness() {
        var handles: [String: Int] = [:]
        var emails: [String: Int] = [:]
        for (line, person) in rows {
            if let first = handles.updateValue(line, forKey: person.handle) {
                report(line, "duplicate_handle", "The handle \(person.handle) stands in line \(first) already.")
            }
            if let first = emails.updateValue(line, forKey: person.email.lowercased()), !person.email.isEmpty {
                report(line, "duplicate_email", "The address \(person.email) stands in line \(first) already.")
            }
        }
    }

    private mutating func checkManagers() {
        let managers = Dictionary(rows.map { ($0.person.handle, $0.person.manager) }) { first, _ in first }
        let services = Set(rows.filter { $0.person.kind == .service }.map(\.person.handle))
        for (line, person) in rows {
            guard let manager = person.manager else { continue }
            guard managers[manager] != nil else {
                report(line, "unknown_manager", "The manager \(manager) is not in the file.")
                continue
            }
            if services.contains(manager) {
                report(line, "service_manager", "\(manager) is a service account and manages nobody.")
            }
            // Whoever comes back to themself is in a cycle; who only leads into one is not reported.
            var next: String? = manager
            var steps = 0
            while let current = next, current != person.handle, steps <= rows.count {
                next = managers[current] ?? nil
                steps += 1
            }
            if next == person.handle {
                report(
                    line, "manager_cycle", "\(person.handle) would be their own manager, directly or through others.")
            }
        }
    }

    /// `ann; bo 2026-12-01..2026-12-31; cleo 2026-12-01..`.
    private mutating func deputies(_ text: String, of handle: String, line: Int) -> [Deputy] {
        var found: [Deputy] = []
        for entry in text.split(separator: ";") {
            let words = entry.split(separator: " ").map(String.init)
            guard !words.isEmpty else { continue }
            guard words.count <= 2, let days = words.count == 2 ? Self.days(words[1]) : (nil, nil) else {
                report(
                    line, "bad_deputy",
                    "“\(entry)” is no deputy: a handle, perhaps with days such as 2026-12-01..2026-12-31.")
                continue
            }
            if words[0] == handle { report(line, "own_deputy", "\(handle) cannot stand in for themself.") }
            found.append(Deputy(handle: words[0], from: days.0, until: days.1))
        }
        return found
    }

    /// Two days in their order, either of which may be missing; nil for anything else.
    private static func days(_ text: String) -> (CivilDate?, CivilDate?)? {
        guard let dots = text.firstRange(of: "..") else { return nil }
        let (first, last) = (text[..<dots.lowerBound], text[dots.upperBound...])
        let from = CivilDate(iso8601: String(first))
        let until = CivilDate(iso8601: String(last))
        guard from != nil || first.isEmpty, until != nil || last.isEmpty, from != nil || until != nil else {
            return nil
        }
        if let from, let until, until < from { return nil }
        return (from, until)
    }

    private mutating func checkDeputies() {
        let handles = Set(rows.map(\.person.handle))
        for (line, person) in rows {
            for deputy in person.deputies where !handles.contains(deputy.handle) {
                report(line, "unknown_deputy", "The deputy \(deputy.handle) is not in the file.")
            }
        }
    }

    private static func isHandle(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            text.utf8.count <= 64
        else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }

    /// One `@` with something on both sides and no spaces; whether mail arrives there only mail can tell.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && $0 != "," && $0 != ";" }
    }
}
