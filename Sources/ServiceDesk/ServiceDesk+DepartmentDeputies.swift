import Expressions
package import WorkflowCore

/// Administrators of a department say who stands in for somebody in its requests, and in those alone.
extension ServiceDesk {
    /// Who stands in for whom in requests of this department alone, the latest appointment first.
    ///
    /// - Throws: `.rejected` with `access.not_allowed`, also when there is no such department.
    package func deputies(in department: DepartmentID, for viewer: Viewer) async throws(DeskError) -> [DeputyView] {
        try require(.readDeputies(in: department), of: viewer)
        return try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            return try await storage.deputies(in: department).map { view($0, in: directory, for: viewer) }
        }
    }

    /// Lets somebody stand in for a person in the department's requests. Administrators read no request by their office, so they
    /// cannot appoint themselves.
    package func appointDeputy(
        _ appointment: Appointment, for handle: String, in department: DepartmentID, by viewer: Viewer
    ) async throws(DeskError) -> DeputyView {
        // First, so that others learn nothing about handles.
        try require(.readDeputies(in: department), of: viewer)
        let found = try await asking { () throws(StorageError) in
            try await directories.newest().person(handle: handle)
        }
        guard let person = found, person.isActive, person.kind == .person else {
            throw .rejected(.noSuchDeputy(handle))
        }
        try require(.appointDeputy(for: person.id, in: department), of: viewer)
        guard appointment.deputy != viewer.person.handle || person.id == viewer.person.id else {
            throw .rejected(
                Rejection(
                    .forbidden, code: "deputy.appointer", message: "You cannot appoint yourself for somebody else."))
        }
        return try await appoint(
            Appointment(
                deputy: appointment.deputy, department: department, from: appointment.from, until: appointment.until),
            for: person.id, by: viewer)
    }

    /// Ends an appointment for the department's requests, whoever made it.
    ///
    /// - Throws: `.rejected` with `deputy.not_found`, also when it is one for all departments or for another.
    package func withdrawDeputy(
        _ id: UniqueID, in department: DepartmentID, by viewer: Viewer
    ) async throws(DeskError) {
        try require(.readDeputies(in: department), of: viewer)
        try await withdraw(id, by: viewer) { $0.department == department }
    }
}
