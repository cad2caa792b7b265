import Expressions
package import WorkflowCore

/// What pages ask besides.
extension ServiceDesk {
    /// A form with what was entered so far, judged by the engine's own check: what is asked, what is computed, what is wrong.
    ///
    /// - Parameters:
    ///   - ids: What entries may name of the viewer's uploads; others are as if they were not there.
    ///   - entering: Turns the questions into what was entered for them.
    /// - Throws: `.rejected` when the viewer may not fill it at all, as the command itself would be.
    package func draft(
        _ subject: FormSubject, for viewer: Viewer, files ids: [UniqueID] = [],
        entering: @Sendable (_ questions: [FormFieldView]) -> [FieldID: JSONValue]
    ) async throws(DeskError) -> FormDraft {
        try await queries.draft(
            subject, for: viewer,
            finding: { request throws(DeskError) in
                try await files(ids, in: request, of: viewer)
            }, entering: entering)
    }

    /// The questions of a form of a request that the viewer sees, as they are called, whether or not the form may be sent now.
    package func questions(_ subject: FormSubject, for viewer: Viewer) async throws(DeskError) -> [FormFieldView] {
        try await queries.questions(subject, for: viewer)
    }

    /// Those of the files that the viewer has uploaded and that may be used now, in any order.
    package func uploads(_ ids: [UniqueID], of viewer: Viewer) async throws(DeskError) -> [AttachedFile] {
        guard case .uploaded(let files) = try await files(ids, in: nil, of: viewer) else { return [] }
        return Array(files.values)
    }

    private func files(
        _ ids: [UniqueID], in request: RequestID?, of viewer: Viewer
    ) async throws(DeskError) -> FileSource {
        try await files(
            named: ids.map { .string($0.description) }, in: request, by: .person(viewer.person.id))
    }

    /// The organisation by the current configuration.
    package func organisation() async throws(DeskError) -> OrganisationView {
        try await asking { () throws(StorageError) in
            let compiled = try await configurations.current()
            let organisation = compiled.configuration.organisation
            return OrganisationView(
                title: organisation.title, languages: organisation.languages, home: compiled.time.home,
                departments: compiled.configuration.departments.mapValues(\.title), now: clock())
        }
    }

    /// The handle of the one active person with that handle, address or name; the text itself when there is none or several.
    package func handle(for text: String) async throws(DeskError) -> String {
        try await asking { () throws(StorageError) in
            PersonEntries(try await directories.current()).handle(for: text) ?? text
        }
    }

    /// Colleagues whose handle, or part of whose name, begins like the text; at most so many, by name.
    package func people(matching text: String, limit: Int) async throws(DeskError) -> [PersonReference] {
        try await asking { () throws(StorageError) in
            PersonEntries(try await directories.current()).matching(text, limit: limit).map {
                PersonReference(id: $0.id, handle: $0.handle, name: $0.name)
            }
        }
    }

    /// Everybody, by name, with the titles of the roles that they have: for the sign-in of a demonstration alone.
    package func peopleForDemonstration(
        in language: String
    ) async throws(DeskError) -> [(person: PersonReference, roles: [String])] {
        try await asking { () throws(StorageError) in
            let directory = try await directories.current()
            let configuration = try await configurations.current().configuration
            let languages = configuration.organisation.languages
            return directory.everybody.filter { $0.isActive && $0.kind == .person }
                .sorted { ($0.name, $0.handle) < ($1.name, $1.handle) }
                .map { person in
                    let teams = Authority(of: person.id, in: directory, configuration).parties.compactMap { party in
                        if case .team(let team) = party {
                            configuration.teams[team]?.title.text(in: language, fallbacks: languages)
                        } else {
                            nil
                        }
                    }
                    let reference = PersonReference(id: person.id, handle: person.handle, name: person.name)
                    return (reference, teams.sorted())
                }
        }
    }
}
