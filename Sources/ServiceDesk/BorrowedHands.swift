import Expressions
import WorkflowCore

/// As whom somebody could act besides themself: people whose code to sign in they made, people for whom they stand in, and programs
/// whose tokens they may make.
/// What one of these would gain by somebody's change of people or files is that one's gain.
struct BorrowedHands {
    /// Those who signed in with a code of the borrower's, and for whom the borrower stands in, now or later; of a program, with those of
    /// them who make its tokens.
    let people: [PersonID]
    /// Whether every program is among them.
    let includesPrograms: Bool
    let borrower: PersonID

    /// Throws when a change gives one of them what would have taken a second person, had the code or token been made afterwards.
    ///
    /// - Parameter appointed: Deputies whom the change brings and the directory does not know yet, by whom they stand in for.
    func refuse(
        from before: (Directory, Configuration), to after: (Directory, Configuration),
        appointed: [PersonID: [String]] = [:], code: String, message: String
    ) throws(DeskError) {
        let (old, new) = (InvitationRule(before.0, before.1), InvitationRule(after.0, after.1))
        let fresh = Set(after.1.departments.keys).subtracting(before.1.departments.keys)
        var gains: [String] = []
        for person in all(in: after.0) where person.id != borrower && person.isActive {
            let had = Set(old.advantages(of: person.id, besidesThoseOf: borrower).map(\.description))
            let has = new.advantages(of: person.id, besidesThoseOf: borrower)
                .filter { advantage in
                    // What is new has no secrets yet: a department, or somebody.
                    !(advantage.department.map(fresh.contains) ?? false)
                        && advantage.over.map { before.0[$0] != nil } ?? true
                }
                .map(\.description)
            let added = Set(has + appointed[person.id, default: []].map { "a deputy of \($0)" }).subtracting(had)
            guard !added.isEmpty else { continue }
            let name = person.kind == .service ? "The program \(person.handle)" : person.handle
            gains.append("\(name): \(added.sorted().joined(separator: ", ")).")
        }
        guard !gains.isEmpty else { return }
        throw .rejected(
            Rejection(
                .forbidden, code: code,
                message: ([message, "You made their code to sign in or make their tokens, or stand in for them:"]
                    + gains.prefix(20))
                    .joined(separator: " "),
                hint:
                    "Nothing was done. Let whoever runs Bureau do it; or, for a program, the department in whose files it is named; for a "
                    + "person, another administrator. Whom you made a code for may also sign in anew with one that an operator has made."
            ))
    }

    private func all(in directory: Directory) -> [Directory.Person] {
        let programs = includesPrograms ? directory.everybody.filter { $0.kind == .service } : []
        return people.compactMap { directory[$0] } + programs.sorted { $0.handle < $1.handle }
    }
}

extension ServiceDesk {
    /// As whom somebody could act; of a program, as whom those could who make its tokens.
    func hands(
        of person: PersonID, in directory: Directory, _ configuration: Configuration
    ) async throws(DeskError) -> BorrowedHands {
        let administrators = directory.people(behind: configuration.organisation.administrators, in: configuration)
        var makers: Set = [person]
        if directory[person]?.kind == .service { makers.formUnion(administrators) }
        let all = makers.sorted()
        let people = try await asking { () throws(StorageError) in try await storage.people(withCodesOf: all) }
        let absent = directory.everybody.filter { row in row.deputies.contains { makers.contains($0.person) } }
        return BorrowedHands(
            people: Set(people).union(absent.map(\.id)).sorted(),
            includesPrograms: !administrators.isDisjoint(with: makers), borrower: person)
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
            let known = self[id]
            var person = Directory.Person(
                id: id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                manager: row.manager.flatMap { ids[$0] }, site: row.site, isActive: true,
                groups: row.groups.union((known?.groups ?? []).intersection(claimed)))
            person.kind = row.kind
            person.deputies = known?.deputies ?? []
            people.append(person)
        }
        // Programs stay; whoever else is missing is nobody's manager and in no group.
        people += everybody.filter { ids[$0.handle] == nil && $0.kind == .service }
        return Directory(revision: revision, people: people)
    }
}
