import Expressions
package import WorkflowCore

extension ScenarioFiles {
    /// The people of a file, as `bureaud people import` takes it. The same file gives the same identifiers.
    package static func directory(
        of text: String, configuration: Configuration
    ) throws(PeopleFileError) -> Directory {
        directory(try PeopleFile.read(text, configuration: configuration).map { ($0, true) }, [:])
    }

    static func directory(
        _ rows: [(row: PeopleFile.Row, isActive: Bool)], _ deputies: [String: [GivenDeputy]]
    ) -> Directory {
        var ids: [String: PersonID] = [:]
        for (index, entry) in rows.enumerated() {
            ids[entry.row.handle] = PersonID(UniqueID(high: 0xB0_0000, low: UInt64(index + 1)))
        }
        return Directory(
            revision: 1,
            people: rows.compactMap { row, isActive -> Directory.Person? in
                guard let id = ids[row.handle] else { return nil }
                var person = Directory.Person(
                    id: id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                    manager: row.manager.flatMap { ids[$0] }, site: row.site, isActive: isActive, groups: row.groups)
                let given =
                    deputies[row.handle]
                    ?? row.deputies.map {
                        GivenDeputy(handle: $0.handle, department: nil, from: $0.from, until: $0.until)
                    }
                person.deputies = given.compactMap { deputy in
                    ids[deputy.handle].map {
                        Directory.Deputy($0, department: deputy.department, from: deputy.from, until: deputy.until)
                    }
                }
                return person
            })
    }
}

/// Somebody who stands in, as `given` says it.
struct GivenDeputy {
    let handle: String
    /// Nil for all.
    let department: DepartmentID?
    let from: CivilDate?
    let until: CivilDate?
}
