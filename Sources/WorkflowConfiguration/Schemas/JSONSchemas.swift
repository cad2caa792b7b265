/// JSON Schemas (2020-12) of the kinds of configuration file, from the same declarations that the reader obeys.
///
/// They let an editor complete and explain keys. What a schema cannot say (whether a name exists, whether an expression
/// is sound) `bureau check` says.
public enum JSONSchemas {
    /// The schemas by file name, each ending with a line feed: `request.schema.json`.
    public static var all: [String: String] {
        Dictionary(
            uniqueKeysWithValues: files.map { file in
                ("\(file.name).schema.json", SchemaBuilder(file).schema().text() + "\n")
            })
    }

    /// One kind of file.
    struct File {
        let name: String
        let title: String
        /// Where such files lie, inside the configuration folder.
        let place: String
        let shape: ValueShape
    }

    static let files = [
        File(
            name: "organisation", title: "The organisation", place: "shared/organisation.yaml",
            shape: .mapping(Shapes.organisation)),
        File(
            name: "groups", title: "Groups", place: "shared/groups.yaml",
            shape: .map(.either([.text, .mapping(Shapes.group)]))),
        File(
            name: "skills", title: "Skills", place: "shared/skills.yaml",
            shape: .map(.either([.text, .mapping(Shapes.skill)]))),
        File(name: "roles", title: "Roles", place: "shared/roles.yaml", shape: .map(.mapping(Shapes.role))),
        File(
            name: "lists", title: "Lists of choices", place: "shared/lists.yaml",
            shape: .map(.map(.either([.text, .mapping(Shapes.choice)])))),
        File(
            name: "services", title: "Other systems", place: "shared/services.yaml",
            shape: .map(.mapping(Shapes.service))),
        File(
            name: "department", title: "A department", place: "departments/<id>/department.yaml",
            shape: .mapping(Shapes.department)),
        File(
            name: "teams", title: "Teams", place: "departments/<id>/teams.yaml", shape: .map(.mapping(Shapes.team))),
        File(
            name: "request", title: "A request type", place: "departments/<id>/requests/<name>.yaml",
            shape: .mapping(Shapes.requestType)),
        File(
            name: "scenarios", title: "Scenarios", place: "departments/<id>/tests/<name>.yaml",
            shape: .mapping(Shapes.scenarioFile)),
    ]
}
