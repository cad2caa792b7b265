package import WorkflowCore

/// A part of the configuration with owners of its own.
package enum ConfigurationPart: Sendable, Hashable, CustomStringConvertible {
    /// What IT keeps for everybody.
    case shared
    case department(DepartmentID)

    /// Where its files stand: `shared`, `departments/hr`.
    package var description: String {
        switch self {
        case .shared: "shared"
        case .department(let department): "departments/\(department)"
        }
    }

    /// Whether a file stands there.
    func holds(_ path: String) -> Bool { path.hasPrefix("\(self)/") }

    /// The department that it is of, where somebody administers that.
    func owned(by authority: Authority) -> Set<DepartmentID> {
        if case .department(let department) = self { authority.administratorOf.intersection([department]) } else { [] }
    }

    var permission: Permission {
        switch self {
        case .shared: .applyShared
        case .department(let department): .applyDepartment(department)
        }
    }
}

/// What applying a part of the configuration did.
package struct AppliedPart: Sendable, Hashable {
    package let before: ConfigurationVersion
    /// The same as before when nothing was different.
    package let version: ConfigurationVersion
    /// The files that came, went or changed, sorted.
    package let changed: [String]
}

/// The configuration in use, and who applied what.
package struct ConfigurationView: Sendable {
    package struct Application: Sendable {
        package let application: ConfigurationApplication
        /// Who it was; nil for operators.
        package let person: PersonReference?
    }

    package let version: ConfigurationVersion
    /// The parts that the viewer may apply.
    package let own: [ConfigurationPart]
    /// The newest first, at most fifty.
    package let applications: [Application]
}

extension ServiceDesk {
    /// Replaces the files of one part of the configuration: the whole organisation is compiled with them, and either it is in use
    /// afterwards or nothing has changed. Requests that run stay on what they started with.
    ///
    /// - Parameters:
    ///   - files: All of the part's, by path in the configuration folder: `departments/hr/teams.yaml`.
    ///   - current: The version that the viewer has seen; nil when it does not matter.
    /// - Throws: `.configurationChanged` when another version is current, `configuration.foreign_file`, `configuration.own_gain`, or
    ///   `configuration.invalid` with a field for each error, named by its place: `departments/it/requests/account.yaml:12:3`.
    package func apply(
        _ part: ConfigurationPart, files: [String: String], replacing current: ConfigurationVersion?, by viewer: Viewer
    ) async throws(DeskError) -> AppliedPart {
        let (directory, compiled) = try await requireNow(part.permission, of: viewer)
        let before = compiled.configuration.version
        if let current, current != before { throw .configurationChanged(current: before) }
        let foreign = files.keys.filter { !part.holds($0) || Self.isUnsafe($0) }.sorted()
        guard foreign.isEmpty else { throw Self.refusal(foreign, outside: part) }
        let old = try await asking { () throws(StorageError) in try await storage.files(of: before) } ?? [:]
        let new = old.filter { !part.holds($0.key) }.merging(files) { $1 }
        let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
        guard !changed.isEmpty else { return AppliedPart(before: before, version: before, changed: []) }
        do {
            let authority = Authority(of: viewer.person.id, in: directory, compiled.configuration)
            let hands = try await hands(of: viewer.person.id, in: directory, compiled.configuration)
            let version = try await apply(
                new, bundle: part.description, replacing: before, before: before, expecting: directory.revision,
                by: viewer.principal.description
            ) { configuration in
                // Whoever administers a department says who is in its teams, and by that in what others made of these. Who also keeps
                // the shared files may have made it themself.
                let owned = part.owned(by: authority)
                if owned.isEmpty || Access.may(authority, .applyShared) {
                    try OwnGain.refuse(
                        configuration, replacing: compiled.configuration, by: viewer.person.id, in: directory,
                        owned: owned)
                    try hands.refuse(
                        from: (directory, compiled.configuration), to: (directory, configuration),
                        code: "configuration.own_gain",
                        message: "These files would give more to those as whom you could act.")
                }
                return recordOfOffices(from: compiled.configuration, to: configuration, in: directory, by: viewer)
            }
            // Whoever has left a team by these files does not hold its work until the next look.
            await passWorkOnAtOnce()
            return AppliedPart(before: before, version: version, changed: changed)
        } catch let faults as ConfigurationFaults {
            throw Self.refusal(faults)
        } catch let error as DeskError {
            throw error
        } catch {
            throw DeskError(.defect("\(error)"), logger: logger)
        }
    }

    /// The configuration in use.
    package func configuration(for viewer: Viewer) async throws(DeskError) -> ConfigurationView {
        let (directory, compiled) = try await requireNow(.readConfiguration, of: viewer)
        let applications = try await asking { () throws(StorageError) in
            try await storage.applications(by: nil, limit: 50)
        }
        let parts = [.shared] + compiled.configuration.departments.keys.sorted().map(ConfigurationPart.department)
        return ConfigurationView(
            version: compiled.configuration.version,
            own: parts.filter { Access.may(viewer.authority, $0.permission) },
            applications: applications.map { application in
                let id = Principal(application.principal)?.person
                return ConfigurationView.Application(
                    application: application,
                    person: id.map { PersonReference($0, in: directory, language: viewer.language) })
            })
    }

    /// Makes the directory equal to a file of people.
    ///
    /// - Throws: `people.invalid` with a field for each problem, named by its line; `people.own_gain`.
    package func importPeople(csv: String, by viewer: Viewer) async throws(DeskError) -> PeopleImportReport {
        try await requireNow(.importPeople, of: viewer)
        do {
            return try await importPeople(
                csv: csv, by: viewer.principal.description, importer: viewer.person.id)
        } catch let error as PeopleFileError {
            throw .rejected(
                Rejection(
                    .invalid, code: "people.invalid",
                    message: "The file of people has \(error.problems.count) mistakes.",
                    hint: "Nobody was imported.",
                    fields: error.problems.prefix(200).map {
                        Rejection.FieldProblem(field: FieldID("line \($0.line)"), code: $0.code, message: $0.message)
                    }))
        } catch let error as DeskError {
            throw error
        } catch {
            throw DeskError(.defect("\(error)"), logger: logger)
        }
    }

    /// Takes a leaver's personal data out of everything that is kept, but for what stands in confidential and restricted requests: whoever
    /// administers the platform does not read it and does not destroy it either.
    package func erasePerson(_ handle: String, by viewer: Viewer) async throws(DeskError) -> PersonErasureReport {
        try await requireNow(.eraseAPerson, of: viewer)
        return try await erasePerson(
            handle, by: viewer.principal.description, andWhatIsConfidential: false)
    }

    /// A path that is no plain one.
    private static func isUnsafe(_ path: String) -> Bool {
        path.utf8.count > 200 || path.unicodeScalars.contains { $0.value < 0x20 || $0 == "\\" }
            || path.split(separator: "/", omittingEmptySubsequences: false).contains { ["", ".", ".."].contains($0) }
    }

    private static func refusal(_ foreign: [String], outside part: ConfigurationPart) -> DeskError {
        .rejected(
            Rejection(
                .invalid, code: "configuration.foreign_file",
                message: "Files of \(part) stand in \(part)/ and nowhere else.",
                hint: "Nothing was applied.",
                fields: foreign.prefix(200).map {
                    Rejection.FieldProblem(
                        field: FieldID(String($0.prefix(200))), code: "configuration.foreign_file",
                        message: "This file is not of \(part).")
                }))
    }

    private static func refusal(_ faults: ConfigurationFaults) -> DeskError {
        let errors = faults.diagnostics.filter { $0.severity == .error }
        return .rejected(
            Rejection(
                .invalid, code: "configuration.invalid",
                message: "The configuration would have \(errors.count) error\(errors.count == 1 ? "" : "s").",
                hint: "Nothing was applied; `bureau check` shows the same.",
                fields: errors.prefix(200).map { error in
                    Rejection.FieldProblem(
                        field: FieldID(error.location.description), code: error.code,
                        message: error.message + (error.hint.map { " \($0)" } ?? ""))
                }))
    }
}
