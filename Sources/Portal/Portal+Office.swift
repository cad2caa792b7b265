import HTTPAPI
import ServiceDesk

/// What is said of the desk itself: one's own affairs, and what administrators and auditors read.
extension Portal {
    func officePages(_ gate: Gate) -> [SignedInPage] {
        let sheets = Sheets(desk: desk, templates: templates)
        let notifications = NotificationPages(sheets: sheets)
        let deputies = DeputyPages(sheets: sheets)
        let tokens = TokenPages(sheets: sheets)
        let configuration = ConfigurationPages(sheets: sheets, maximumUpload: settings.maximumUpload)
        let directory = DirectoryPages(sheets: sheets)
        let audit = AuditPages(sheets: sheets)
        let (type, person) = ("/administration/configuration/{type}", "/administration/people/{handle}")
        let department = "/administration/deputies/{department}"
        return [
            .get("/notifications", notifications.show),
            .post("/notifications/read", notifications.read),
            .get(ZonePage.path, ZonePage(sheets: sheets).show),
            .post(ZonePage.path, ZonePage(sheets: sheets).save),
            .get("/profile/deputies", deputies.show),
            .post("/profile/deputies", deputies.appoint),
            .post("/profile/deputies/withdraw", deputies.withdraw),
            .get("/profile/tokens", tokens.show),
            .post("/profile/tokens", tokens.create),
            .post("/profile/tokens/revoke", tokens.revoke),
            .get("/requests/{id}/access", AccessPage(sheets: sheets).show),
            .get(DashboardPage.path, DashboardPage(sheets: sheets).show),
            .get("/administration", AdministrationPages(sheets: sheets).show),
            .get("/administration/configuration", configuration.list),
            .get(type, configuration.show),
            .get("\(type)/picture.svg", configuration.picture),
            .post("\(type)/preview", configuration.preview),
            .post("\(type)/preview/check", configuration.check),
            .get("/administration/people", directory.list),
            .get(person, directory.show),
            .post("\(person)/{action}", directory.act),
            .get("/administration/audit", audit.list),
            .post("/administration/audit/verification", audit.verify),
            .get(department, deputies.showDepartment),
            .post(department, deputies.appointInDepartment),
            .post("\(department)/withdraw", deputies.withdrawFromDepartment),
        ]
    }
}
