package import WorkflowCore

extension ServiceDesk {
    /// Makes the directory equal to a file of people: joiners come, changes are taken over, who is missing has left.
    ///
    /// - Parameter csv: Columns `handle,name,email,manager,site,language,groups`; groups and sites are those of the current configuration.
    /// - Throws: `PeopleFileError` with everything that is wrong with the file, or `DeskError`.
    package func importPeople(csv: String) async throws -> PeopleImportReport {
        let configuration = try await asking { () throws(StorageError) in
            try await configurations.current().configuration
        }
        let now = clock().truncatedToMicroseconds
        let people = try PeopleFile.read(csv, configuration: configuration).map { row in
            ImportedPerson(
                handle: row.handle, name: row.name, email: row.email, language: row.language, manager: row.manager,
                site: row.site, groups: row.groups, newID: PersonID(newID(at: now)))
        }
        return try await asking { () throws(StorageError) in
            let report = try await storage.replacePeople(people, at: now)
            try await directories.reload()
            return report
        }
    }

    /// Compiles configuration files, stores them when they are new, and lets new requests start on them.
    ///
    /// - Parameter principal: Who applies them, as the audit names it.
    /// - Throws: What the compiler throws, or `DeskError`. Nothing was applied then.
    package func applyConfiguration(files: [String: String], by principal: String) async throws -> ConfigurationVersion
    {
        let version = ConfigurationAddress.version(of: files)
        let configuration = try compiler(files, version)
        let now = clock().truncatedToMicroseconds
        try await asking { () throws(StorageError) in
            try await storage.apply(version, files: files, by: principal, at: now)
            try configurations.adopt(configuration)
        }
        return version
    }
}
