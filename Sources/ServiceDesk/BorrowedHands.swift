import Expressions
import WorkflowCore

/// People as whom somebody could act because they alone made the code to sign in. What such a person would gain by somebody's change of
/// people or files is that one's gain.
struct BorrowedHands {
    /// Whose hands they are; of a program, of those who make its tokens.
    let people: [PersonID]
    let borrower: PersonID

    /// Throws when a change gives one of them what would have taken a second person, had the code been made afterwards.
    ///
    /// - Parameter appointed: Deputies whom the change brings and the directory does not know yet, by whom they stand in for.
    func refuse(
        from before: (Directory, Configuration), to after: (Directory, Configuration),
        appointed: [PersonID: [String]] = [:], code: String, message: String
    ) throws(DeskError) {
        let (old, new) = (InvitationRule(before.0, before.1), InvitationRule(after.0, after.1))
        let fresh = Set(after.1.departments.keys).subtracting(before.1.departments.keys)
        var gains: [String] = []
        for person in people where person != borrower && after.0.isActive(person) {
            let had = Set(old.advantages(of: person, besidesThoseOf: borrower).map(\.description))
            let has = new.advantages(of: person, besidesThoseOf: borrower)
                .filter { advantage in advantage.department.map { !fresh.contains($0) } ?? true }
                .map(\.description)
            let added = Set(has + appointed[person, default: []].map { "a deputy of \($0)" }).subtracting(had)
            if !added.isEmpty {
                gains.append("\(after.0[person]?.handle ?? "\(person)"): \(added.sorted().joined(separator: ", ")).")
            }
        }
        guard !gains.isEmpty else { return }
        throw .rejected(
            Rejection(
                .forbidden, code: code,
                message: ([message, "The passwords of these were set with a code that you alone made:"]
                    + gains.prefix(20))
                    .joined(separator: " "),
                hint:
                    "Nothing was done. Let another administrator do it, or whoever runs Bureau; or let them sign in anew with a code "
                    + "that an operator has made or a second person has confirmed."))
    }
}

extension ServiceDesk {
    /// As whom somebody could act; of a program, as whom those could who make its tokens.
    func hands(
        of person: PersonID, in directory: Directory, _ configuration: Configuration
    ) async throws(DeskError) -> BorrowedHands {
        var makers: Set = [person]
        if directory[person]?.kind == .service {
            makers.formUnion(directory.people(behind: configuration.organisation.administrators, in: configuration))
        }
        let all = makers.sorted()
        let people = try await asking { () throws(StorageError) in try await storage.people(withCodesOf: all) }
        return BorrowedHands(people: people.sorted(), borrower: person)
    }
}

extension Directory {
    /// What a file of people makes of it, but for deputies, who stay as they are.
    ///
    /// - Parameter claimed: Groups that the file says nothing about.
    func replaced(by rows: [PeopleFile.Row], claimed: Set<GroupID>, newID: () -> PersonID) -> Directory {
        var ids: [String: PersonID] = [:]
        for row in rows { ids[row.handle] = person(handle: row.handle)?.id ?? newID() }
        var people: [Directory.Person] = []
        for row in rows {
            guard let id = ids[row.handle] else { continue }
            var person = Directory.Person(
                id: id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                manager: row.manager.flatMap { ids[$0] }, site: row.site, isActive: true,
                groups: row.groups.union((self[id]?.groups ?? []).intersection(claimed)))
            person.kind = row.kind
            person.deputies = self[id]?.deputies ?? []
            people.append(person)
        }
        // Programs stay; whoever else is missing is nobody's manager and in no group.
        people += everybody.filter { ids[$0.handle] == nil && $0.kind == .service }
        return Directory(revision: revision, people: people)
    }
}
