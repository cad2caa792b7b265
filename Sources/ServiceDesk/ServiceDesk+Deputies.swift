import Expressions
package import WorkflowCore

extension ServiceDesk {
    /// How many people may stand in for one person at a time.
    private static let mostDeputies = 20

    /// Who stands in for the viewer, and for whom the viewer does.
    package func deputies(of viewer: Viewer) async throws(DeskError) -> DeputiesView {
        try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            let rows = try await storage.deputies(concerning: viewer.person.id)
            let views = rows.map { view($0, in: directory, for: viewer) }
            return DeputiesView(
                deputies: views.filter { $0.person.id == viewer.person.id },
                standsInFor: views.filter { $0.deputy.id == viewer.person.id })
        }
    }

    /// Lets somebody stand in for the viewer.
    package func appointDeputy(_ appointment: Appointment, by viewer: Viewer) async throws(DeskError) -> DeputyView {
        do throws(Rejection) {
            try Access.require(.appointOwnDeputy, of: viewer.authority)
        } catch {
            throw .rejected(error)
        }
        return try await appoint(appointment, for: viewer.person.id, by: viewer)
    }

    /// Ends an appointment of a deputy of the viewer, or as a deputy: nobody has to stand in for somebody.
    ///
    /// - Throws: `.rejected` with `deputy.not_found`, also when it concerns others.
    package func withdrawDeputy(_ id: UniqueID, by viewer: Viewer) async throws(DeskError) {
        try await withdraw(id, by: viewer) { $0.person == viewer.person.id || $0.deputy == viewer.person.id }
    }

    func appoint(
        _ appointment: Appointment, for person: PersonID, by viewer: Viewer
    ) async throws(DeskError) -> DeputyView {
        let now = clock().truncatedToMicroseconds
        let (directory, compiled) = try await asking { () throws(StorageError) in
            (try await directories.newest(), try await configurations.current())
        }
        let known = try await asking { () throws(StorageError) in try await storage.deputies(concerning: person) }
        let deputy: Directory.Person
        do throws(Rejection) {
            deputy = try Self.check(
                appointment, for: person, directory, compiled.configuration,
                today: compiled.time.home.civil(of: now).date)
        } catch {
            throw .rejected(error)
        }
        let same = known.first {
            $0.person == person && $0.deputy == deputy.id && $0.department == appointment.department
                && $0.from == appointment.from && $0.until == appointment.until
        }
        // Sent again after a lost answer.
        if let same { return view(same, in: directory, for: viewer) }
        guard known.count(where: { $0.person == person }) < Self.mostDeputies else {
            throw .rejected(
                Rejection(
                    .conflict, code: "deputy.too_many",
                    message: "There are \(Self.mostDeputies) deputies already; withdraw one first."))
        }
        let row = StoredDeputy(
            id: newID(at: now), person: person, deputy: deputy.id, department: appointment.department,
            from: appointment.from, until: appointment.until, appointedBy: viewer.person.id, appointedAt: now)
        let entry = entry(.deputyAppointed, row, by: viewer.principal.description)
        try await asking { () throws(StorageError) in
            try await storage.appoint(
                row, audit: [entry],
                telling: notifications(
                    about: row, .deputyAppointed, in: directory, compiled.configuration, at: now))
            try await directories.reload()
        }
        return view(row, in: directory, for: viewer)
    }

    /// Who is meant to stand in.
    private static func check(
        _ appointment: Appointment, for person: PersonID, _ directory: Directory, _ configuration: Configuration,
        today: CivilDate
    ) throws(Rejection) -> Directory.Person {
        guard let deputy = directory.person(handle: appointment.deputy), deputy.isActive, deputy.kind == .person
        else {
            throw .noSuchDeputy(appointment.deputy)
        }
        guard deputy.id != person else {
            throw Rejection(.invalid, code: "deputy.oneself", message: "Nobody stands in for themself.")
        }
        if let department = appointment.department, configuration.departments[department] == nil {
            throw Rejection(
                .invalid, code: "deputy.unknown_department", message: "There is no department \(department).",
                hint: NearestName.hint(for: department.text, among: configuration.departments.keys.map(\.text).sorted())
            )
        }
        if let until = appointment.until, until < max(appointment.from ?? today, today) {
            throw Rejection(
                .invalid, code: "deputy.bad_days", message: "The last day is over, or before the first.")
        }
        return deputy
    }

    func withdraw(
        _ id: UniqueID, by viewer: Viewer, where isTheirs: (StoredDeputy) -> Bool
    ) async throws(DeskError) {
        let found = try await asking { () throws(StorageError) in try await storage.deputy(id) }
        guard let row = found, isTheirs(row) else { throw .rejected(.unknownDeputy) }
        let entry = entry(.deputyWithdrawn, row, by: viewer.principal.description)
        let isGone = try await asking { () throws(StorageError) in
            let told = notifications(
                about: row, .deputyWithdrawn, in: try await directories.current(),
                try await configurations.current().configuration, at: clock().truncatedToMicroseconds)
            let isGone = try await storage.withdraw(id, audit: [entry], telling: told)
            try await directories.reload()
            return isGone
        }
        guard isGone else { throw .rejected(.unknownDeputy) }
    }

    /// Both are told, each in the languages of the organisation.
    func notifications(
        about row: StoredDeputy, _ kind: NotificationKind, in directory: Directory, _ configuration: Configuration,
        at now: Instant
    ) -> [StoredNotification] {
        let (deputy, person) = (directory.name(of: row.deputy), directory.name(of: row.person))
        let isAppointed = kind == .deputyAppointed
        let text = configuration.organisation.sentences { language in
            language.isGerman
                ? "\(deputy) vertritt \(person)" + (isAppointed ? "." : " nicht mehr.")
                : isAppointed ? "\(deputy) stands in for \(person)." : "\(deputy) no longer stands in for \(person)."
        }
        return [row.person, row.deputy].filter { directory.isActive($0) }.map { recipient in
            StoredNotification(
                id: newID(at: now), person: recipient, at: now, kind: kind.rawValue, request: nil, number: nil,
                instance: nil,
                text: text)
        }
    }

    func entry(_ kind: AuditKind, _ row: StoredDeputy, by principal: String) -> AuditEntry {
        var details = ["deputy": "person:\(row.deputy)", "department": row.department?.text ?? ""]
        details["from"] = row.from?.description
        details["until"] = row.until?.description
        return auditEntry(kind, by: principal, subject: "person:\(row.person)", details: details)
    }

    func view(_ row: StoredDeputy, in directory: Directory, for viewer: Viewer) -> DeputyView {
        func person(_ id: PersonID) -> PersonReference { PersonReference(id, in: directory, language: viewer.language) }
        return DeputyView(
            id: row.id, person: person(row.person), deputy: person(row.deputy), department: row.department,
            from: row.from, until: row.until, appointedBy: row.appointedBy.map(person), appointedAt: row.appointedAt)
    }
}

extension Rejection {
    fileprivate static var unknownDeputy: Rejection {
        Rejection(.notFound, code: "deputy.not_found", message: "There is no such deputy.")
    }

    static func noSuchDeputy(_ handle: String) -> Rejection {
        Rejection(
            .invalid, code: "deputy.unknown_person",
            message: "There is nobody with the handle \(handle) any more, or yet.")
    }
}
