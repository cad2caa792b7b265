import Expressions
import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// Who stands in for whom: for oneself, and, where one administers a department, in its requests.
struct DeputyPages: Sendable {
    let sheets: Sheets

    private static let path = OwnPage.deputies.address

    private var desk: any PortalDesk { sheets.desk }

    // MARK: One's own

    func show(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        return try await show(visit, typed: nil, nil)
    }

    /// - Parameter typed: What comes back into the form.
    func show(
        _ visit: Visit, typed: FormFields?, _ refusal: Rejection?, notice: String? = nil
    ) async throws -> Response {
        let view = try await desk.deputies(of: visit.viewer)
        let texts = visit.texts
        let sheet = DeputySheet(visit: visit, base: Self.path)
        let content = SheetContent(
            heading: texts[.deputies], lead: texts[.deputiesLead], tabs: OwnPage.deputies.tabs(texts),
            errors: sheet.errors(refusal),
            sections: [
                SectionModel(
                    anchor: "mine", heading: texts[.myDeputies], rows: view.deputies.map(sheet.row),
                    empty: texts[.noDeputies]),
                SectionModel(
                    anchor: "for", heading: texts[.iStandInFor], rows: view.standsInFor.map(sheet.row),
                    empty: texts[.iStandInForNobody]),
                SectionModel(
                    anchor: "appoint", heading: texts[.appointDeputy],
                    actions: [sheet.form(typed, refusal, asksWhom: false, department: nil)]),
            ])
        return sheets.page(
            content, visit, .profile, status: refusal == nil ? .ok : .unprocessableContent, notice: notice)
    }

    func appoint(_ visit: Visit) async throws -> Response {
        let done = try await answer {
            let department = visit.fields.text("department").map { DepartmentID($0) }
            let appointment = try await appointment(visit, in: department)
            _ = try await desk.appointDeputy(appointment, by: visit.viewer)
        }
        if case .failure(let rejection) = done { return try await show(visit, typed: visit.fields, rejection) }
        return .seeOther(Self.path)
    }

    func withdraw(_ visit: Visit) async throws -> Response {
        try await desk.withdrawDeputy(visit.fields.identifier, by: visit.viewer)
        return .seeOther(Self.path)
    }

    // MARK: A department's

    func showDepartment(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        return try await showDepartment(visit, typed: nil, nil)
    }

    private func showDepartment(_ visit: Visit, typed: FormFields?, _ refusal: Rejection?) async throws -> Response {
        let department = try department(visit)
        let rows = try await desk.deputies(in: department, for: visit.viewer)
        let texts = visit.texts
        let sheet = DeputySheet(visit: visit, base: AdministrationPages.Part.deputies(department).address)
        let content = SheetContent(
            heading: texts(.deputiesIn, visit.department(department)), lead: texts[.deputiesInLead],
            tabs: visit.tabs(.deputies(department)), errors: sheet.errors(refusal),
            sections: [
                SectionModel(
                    anchor: "present", heading: texts[.deputies], rows: rows.map(sheet.row),
                    empty: texts[.noDeputiesIn]),
                SectionModel(
                    anchor: "appoint", heading: texts[.appointDeputy],
                    actions: [sheet.form(typed, refusal, asksWhom: true, department: department)]),
            ])
        return sheets.page(
            content, visit, .administration, status: refusal == nil ? .ok : .unprocessableContent)
    }

    func appointInDepartment(_ visit: Visit) async throws -> Response {
        let department = try department(visit)
        let done = try await answer {
            let person = try await desk.handle(for: visit.fields["person"] ?? "")
            let appointment = try await appointment(visit, in: department)
            _ = try await desk.appointDeputy(appointment, for: person, in: department, by: visit.viewer)
        }
        if case .failure(let rejection) = done {
            return try await showDepartment(visit, typed: visit.fields, rejection)
        }
        return .seeOther(AdministrationPages.Part.deputies(department).address)
    }

    func withdrawFromDepartment(_ visit: Visit) async throws -> Response {
        let department = try department(visit)
        let (texts, address) = (visit.texts, AdministrationPages.Part.deputies(department).address)
        guard Confirmation.isGiven(visit) else {
            return Confirmation(
                heading: texts[.withdrawAsk], text: texts[.withdrawMeans], button: texts[.withdraw],
                back: LineModel(
                    text: texts(.backToRequest, texts(.deputiesIn, visit.department(department))), address: address)
            ).page(visit, .administration, sheets.templates)
        }
        try await desk.withdrawDeputy(visit.fields.identifier, in: department, by: visit.viewer)
        return .seeOther(AdministrationPages.Part.deputies(department).address)
    }

    private func department(_ visit: Visit) throws -> DepartmentID {
        let department = DepartmentID(try visit.variable("department"))
        try visit.require(.readDeputies(in: department))
        return department
    }

    private func appointment(_ visit: Visit, in department: DepartmentID?) async throws(DeskError) -> Appointment {
        func day(_ name: String) throws(DeskError) -> CivilDate? {
            guard let text = visit.fields.text(name) else { return nil }
            guard let date = CivilDate(iso8601: text) else {
                throw .rejected(
                    Rejection(.invalid, code: "deputy.bad_days", message: "A day looks like 2026-11-22."))
            }
            return date
        }
        return Appointment(
            deputy: try await desk.handle(for: visit.fields["deputy"] ?? ""), department: department,
            from: try day("from"), until: try day("until"))
    }
}
