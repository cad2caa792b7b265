package import WorkflowCore

/// A request type in a list of all that are applied.
package struct RequestTypeRow: Sendable {
    package let id: RequestTypeID
    package let department: DepartmentID
    package let title: String
    package let summary: String?
    /// Whether somebody may raise it directly; else it exists only as a part of others.
    package let isOffered: Bool
    package let isConfidential: Bool
    package let allowsAnonymous: Bool
}

/// A request type as it is applied, for those who answer for it.
package struct RequestTypeView: Sendable {
    package let row: RequestTypeRow
    /// Who may raise it, who does what in it, and how it may end.
    package let words: ProcessWords
    /// In the order of the file.
    package let outcomes: [Outcome]
    /// Every question, whatever it depends on.
    package let form: [FormFieldView]
    /// The file that says so.
    package let file: String
    /// The width and the height of its picture in pixels.
    package let pictureSize: (width: Double, height: Double)
}

/// What somebody would be asked who wanted to raise a request.
package struct FormPreview: Sendable {
    package let person: PersonReference
    /// Nil when they may not raise it.
    package let draft: FormDraft?
}
