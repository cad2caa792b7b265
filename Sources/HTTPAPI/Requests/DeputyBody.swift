import Expressions
import ServiceDesk
import WorkflowCore

/// `POST /me/deputies`.
struct DeputyBody: Sendable {
    let appointment: Appointment

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        let deputy = reader.text("deputy")
        let department = reader.optionalText("department").map { DepartmentID($0) }
        let (from, until) = (reader.day("from"), reader.day("until"))
        try reader.finish()
        appointment = Appointment(deputy: deputy, department: department, from: from, until: until)
    }
}

/// `POST /departments/{department}/deputies`.
struct DepartmentDeputyBody: Sendable {
    /// The handle of who is stood in for.
    let person: String
    let appointment: Appointment

    init(_ value: JSONValue, in department: DepartmentID) throws(Problem) {
        var reader = try BodyReader(value)
        let (person, deputy) = (reader.text("person"), reader.text("deputy"))
        let (from, until) = (reader.day("from"), reader.day("until"))
        try reader.finish()
        self.person = person
        appointment = Appointment(deputy: deputy, department: department, from: from, until: until)
    }
}
