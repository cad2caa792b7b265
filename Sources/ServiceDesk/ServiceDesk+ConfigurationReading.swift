package import WorkflowCore

/// The configuration as it is applied, for those who administer a department or the platform, and for auditors.
///
/// - Throws: `.rejected` with `access.not_allowed` for everybody else.
extension ServiceDesk {
    /// Every request type, by department and title.
    package func requestTypes(for viewer: Viewer) async throws(DeskError) -> [RequestTypeRow] {
        let configuration = try await configurationToRead(by: viewer).configuration
        return configuration.requestTypes.values.map { row(of: $0, in: configuration, for: viewer) }
            .sorted { ($0.department, $0.title, $0.id) < ($1.department, $1.title, $1.id) }
    }

    /// One request type.
    ///
    /// - Throws: `.rejected` with `catalogue.unknown_type`.
    package func requestType(
        _ id: RequestTypeID, for viewer: Viewer
    ) async throws(DeskError) -> RequestTypeView {
        let (compiled, directory) = (try await configurationToRead(by: viewer), try await currentDirectory())
        let configuration = compiled.configuration
        guard let type = configuration.requestTypes[id] else { throw .rejected(.unknownType(id)) }
        let reading = Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
        let picture = Drawing.picture(of: type, in: configuration, language: viewer.language)
        return RequestTypeView(
            row: row(of: type, in: configuration, for: viewer),
            words: Drawing.words(of: type, in: configuration, language: viewer.language), outcomes: type.outcomes,
            form: reading.form(type.form), file: type.source.file, pictureSize: (picture.width, picture.height))
    }

    /// The process of a request type as SVG.
    ///
    /// - Throws: `.rejected` with `catalogue.unknown_type`.
    package func picture(of id: RequestTypeID, for viewer: Viewer) async throws(DeskError) -> String {
        let configuration = try await configurationToRead(by: viewer).configuration
        guard let type = configuration.requestTypes[id] else { throw .rejected(.unknownType(id)) }
        return Drawing.svg(of: type, in: configuration, language: viewer.language)
    }

    /// What the checker says of the files in use, by file, then from top to bottom: warnings, and errors only when an earlier release
    /// applied what this one would refuse.
    package func diagnostics(for viewer: Viewer) async throws(DeskError) -> [Diagnostic] {
        try await configurationToRead(by: viewer).diagnostics
    }

    /// What somebody else would be asked: which questions they see after these answers. Nothing is stored.
    ///
    /// - Throws: `.rejected` with `catalogue.unknown_type` or `people.unknown`.
    package func preview(
        _ id: RequestTypeID, as handle: String, for viewer: Viewer,
        entering: @Sendable (_ questions: [FormFieldView]) -> [FieldID: JSONValue]
    ) async throws(DeskError) -> FormPreview {
        let configuration = try await configurationToRead(by: viewer).configuration
        guard configuration.requestTypes[id] != nil else { throw .rejected(.unknownType(id)) }
        let person = try await person(handle)
        let reference = PersonReference(id: person.id, handle: person.handle, name: person.name)
        let directory = try await currentDirectory()
        let other = Viewer(
            person: person, authority: Authority(of: person.id, in: directory, configuration),
            language: viewer.language)
        do throws(DeskError) {
            let draft = try await queries.draft(
                .new(id), for: other, finding: { _ in .uploaded([:]) }, entering: entering)
            return FormPreview(person: reference, draft: draft)
        } catch .rejected(let rejection) where rejection.kind == .notFound {
            return FormPreview(person: reference, draft: nil)
        }
    }

    private func configurationToRead(by viewer: Viewer) async throws(DeskError) -> CompiledConfiguration {
        try require(.readConfiguration, of: viewer)
        return try await asking { () throws(StorageError) in try await configurations.current() }
    }

    private func currentDirectory() async throws(DeskError) -> Directory {
        try await asking { () throws(StorageError) in try await directories.current() }
    }

    private func row(of type: RequestType, in configuration: Configuration, for viewer: Viewer) -> RequestTypeRow {
        let languages = configuration.organisation.languages
        func text(_ text: LocalizedText) -> String { text.text(in: viewer.language, fallbacks: languages) }
        return RequestTypeRow(
            id: type.id, department: type.department, title: text(type.title), summary: type.summary.map(text),
            isOffered: !type.audience.isEmpty, isConfidential: type.confidential != nil,
            allowsAnonymous: type.allowsAnonymous)
    }
}
