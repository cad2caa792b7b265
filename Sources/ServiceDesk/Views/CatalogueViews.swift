package import WorkflowCore

/// Something the viewer may raise.
package struct CatalogueEntry: Sendable {
    package let type: RequestTypeID
    package let department: DepartmentID
    package let departmentTitle: String
    package let title: String
    package let summary: String?
    package let form: [FormFieldView]
    /// Other words by which people look for it; nobody reads them.
    package var keywords: String?

    package init(
        type: RequestTypeID, department: DepartmentID, departmentTitle: String, title: String, summary: String?,
        form: [FormFieldView]
    ) {
        self.type = type
        self.department = department
        self.departmentTitle = departmentTitle
        self.title = title
        self.summary = summary
        self.form = form
    }
}

/// A question as a client needs it to build a form.
package struct FormFieldView: Sendable {
    package let id: FieldID
    package let label: String
    package let help: String?
    /// The type as the files call it: `text`, `choice`, `list`.
    package let type: String
    /// The type of the elements of a list.
    package let elementType: String?
    package let isOptional: Bool
    /// The condition as written; nil when always asked.
    package let askWhen: String?
    /// Choices in order; empty for other types.
    package let choices: [ChoiceView]
    package let minimum: String?
    package let maximum: String?
    /// A default that needs nothing but itself.
    package let defaultValue: JSONValue?
    /// The questions of each row, in order; empty for other types than rows.
    package let columns: [FormFieldView]
    /// What it is computed from, as written: it is shown and not entered. Nil for a question that people answer.
    package let computed: String?
    /// The kinds of files that it takes, of `FileClass`; empty for other types.
    package var fileTypes: [String] = []
    /// The currency of money and of lists of it (ISO 4217); nil for other types.
    package var currency: String?

    package init(
        id: FieldID, label: String, help: String?, type: String, elementType: String?, isOptional: Bool,
        askWhen: String?, choices: [ChoiceView], minimum: String?, maximum: String?, defaultValue: JSONValue?,
        columns: [FormFieldView], computed: String?
    ) {
        self.id = id
        self.label = label
        self.help = help
        self.type = type
        self.elementType = elementType
        self.isOptional = isOptional
        self.askWhen = askWhen
        self.choices = choices
        self.minimum = minimum
        self.maximum = maximum
        self.defaultValue = defaultValue
        self.columns = columns
        self.computed = computed
    }
}

/// One choice.
package struct ChoiceView: Sendable, Hashable {
    package let value: String
    package let label: String

    package init(value: String, label: String) {
        self.value = value
        self.label = label
    }
}

/// Who am I.
package struct ProfileView: Sendable {
    package let person: PersonReference
    package let email: String
    package let language: String
    package let manager: PersonReference?
    package let groups: [PartyView]
    package let teams: [PartyView]
    package let roles: [PartyView]
    /// Departments whose agent the viewer is.
    package let agentOf: [DepartmentID]

    package init(
        person: PersonReference, email: String, language: String, manager: PersonReference?, groups: [PartyView],
        teams: [PartyView], roles: [PartyView], agentOf: [DepartmentID]
    ) {
        self.person = person
        self.email = email
        self.language = language
        self.manager = manager
        self.groups = groups
        self.teams = teams
        self.roles = roles
        self.agentOf = agentOf
    }
}
