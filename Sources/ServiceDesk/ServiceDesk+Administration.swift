import Logging
package import WorkflowCore

extension ServiceDesk {
    /// Makes the directory equal to a file of people: joiners come, changes are taken over, who is missing has left. What leavers and
    /// movers had open passes on at once.
    ///
    /// - Parameters:
    ///   - csv: Columns `handle,name,email,manager,site,language,groups,deputies,kind`; groups and sites are those of the current configuration.
    ///   - principal: Who imports them, as the audit names it.
    /// - Throws: `PeopleFileError` with everything that is wrong with the file, or `DeskError`.
    package func importPeople(csv: String, by principal: String) async throws -> PeopleImportReport {
        try await importPeople(csv: csv, by: principal, importer: nil)
    }

    /// - Parameter importer: Who must not gain by it; nil for an operator.
    func importPeople(csv: String, by principal: String, importer: PersonID?) async throws -> PeopleImportReport {
        var (directory, compiled) = try await moment()
        var rows = try PeopleFile.read(csv, configuration: compiled.configuration)
        // Reading takes its time: the file is judged by the people and the files of the moment at which it counts.
        while true {
            let read = compiled.configuration.version
            (directory, compiled) = try await moment()
            if compiled.configuration.version == read { break }
            rows = try PeopleFile.read(csv, configuration: compiled.configuration)
        }
        let configuration = compiled.configuration
        let now = clock().truncatedToMicroseconds
        let claimed = Set(configuration.groups.values.lazy.filter { $0.claim != nil }.map(\.id))
        try Self.refuseOtherKinds(rows, in: directory)
        if let importer {
            try Self.require(.importPeople, of: Authority(of: importer, in: directory, configuration))
            let after = directory.replaced(by: rows, claimed: claimed) { PersonID(newID(at: now)) }
            try OwnGain.refuse(rows, by: importer, from: directory, to: after, configuration, claimed: claimed)
            try await refuseHands(of: importer, rows, from: directory, to: after, configuration)
        }
        let people = rows.map { row in
            ImportedPerson(
                handle: row.handle, name: row.name, email: row.email, language: row.language, manager: row.manager,
                site: row.site, groups: row.groups, untouchedGroups: claimed,
                deputies: row.deputies.map {
                    ImportedDeputy(handle: $0.handle, from: $0.from, until: $0.until, newID: newID(at: now))
                },
                kind: row.kind,
                newID: PersonID(newID(at: now)))
        }
        let report = try await asking { () throws(StorageError) in
            let report = try await storage.replacePeople(
                people, expecting: importer.map { _ in directory.revision }, at: now
            ) { change in
                record(of: change, configuration, by: principal, at: now)
            }
            if report.left > 0 { try await storage.endAccessOfLeavers(at: now) }
            let present = try await directories.reload()
            if report.left > 0 { forgetAccess(of: Set(directory.everybody.map(\.id).filter { !present.isActive($0) })) }
            return report
        }
        await passWorkOnAtOnce()
        return report
    }

    /// Passes work on after a change of people or files, which has happened whether this succeeds or not.
    func passWorkOnAtOnce() async {
        do throws(DeskError) {
            _ = try await passWorkOn()
        } catch {
            // A daemon looks again soon.
            logger.warning("work was not passed on", metadata: ["error": "\(error)"])
        }
    }

    private func refuseHands(
        of importer: PersonID, _ rows: [PeopleFile.Row], from directory: Directory, to after: Directory,
        _ configuration: Configuration
    ) async throws(DeskError) {
        let hands = try await hands(of: importer, in: directory, configuration)
        var appointed: [PersonID: [String]] = [:]
        for row in rows {
            for deputy in row.deputies {
                if let id = after.person(handle: deputy.handle)?.id { appointed[id, default: []].append(row.handle) }
            }
        }
        try hands.refuse(
            from: (directory, configuration), to: (after, configuration), appointed: appointed, code: "people.own_gain",
            message: "This file would give more to those as whom you could act.")
    }

    /// A person never becomes a program, nor a program somebody: whoever makes tokens for programs would have them for people.
    private static func refuseOtherKinds(_ rows: [PeopleFile.Row], in directory: Directory) throws(DeskError) {
        for row in rows {
            guard let known = directory.person(handle: row.handle), known.kind != row.kind else { continue }
            throw .rejected(
                Rejection(
                    .invalid, code: "people.other_kind",
                    message: "\(row.handle) is a \(known.kind.rawValue) and cannot become a \(row.kind.rawValue).",
                    hint: "Nobody was imported. Give the other one a handle of its own."))
        }
    }

    /// Compiles configuration files, stores them when they are new, and lets new requests start on them. Nobody is asked whether
    /// the principal may.
    ///
    /// - Parameters:
    ///   - current: What has to be current for that; nil when it does not matter.
    ///   - principal: Who applies them, as the audit names it.
    /// - Throws: `ConfigurationFaults` or `DeskError`. Nothing was applied then.
    package func applyConfiguration(
        files: [String: String], replacing current: ConfigurationVersion? = nil, by principal: String
    ) async throws -> ConfigurationVersion {
        let before = try await asking { () throws(StorageError) in try await storage.currentVersion() }
        return try await apply(files, bundle: "all", replacing: current, before: before, by: principal)
    }

    func apply(
        _ files: [String: String], bundle: String, replacing current: ConfigurationVersion?,
        before: ConfigurationVersion?, expecting revision: Int64? = nil, by principal: String,
        recording: (Configuration) throws -> ChangeRecord = { _ in ChangeRecord() }
    ) async throws -> ConfigurationVersion {
        let version = ConfigurationAddress.version(of: files)
        let compilation = compiler(files, version)
        guard let configuration = compilation.configuration else {
            throw ConfigurationFaults(diagnostics: compilation.diagnostics)
        }
        let record = try recording(configuration)
        let now = clock().truncatedToMicroseconds
        let entry = auditEntry(
            .configurationApplied, by: principal,
            details: ["before": before?.text ?? "", "after": version.text, "bundle": bundle])
        do throws(StorageError) {
            try await storage.apply(
                version, files: files, replacing: current, expecting: revision, by: principal, at: now,
                audit: [entry] + record.audit, telling: record.told)
            try configurations.adopt(configuration, compilation.diagnostics)
            // Commands go by the files of the directory's revision: what was applied here holds here at once.
            try await directories.reload()
        } catch .stale(.configuration) {
            let newest = try await asking { () throws(StorageError) in try await configurations.newest() }
            throw DeskError.configurationChanged(current: newest.configuration.version)
        } catch {
            throw DeskError(error, logger: logger)
        }
        return version
    }
}
