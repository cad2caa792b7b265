import WorkflowCore

/// The people of files. Each file is read once, however many scenarios are played with it.
final class ScenarioDirectories {
    private var read: [String: Result<Directory, PeopleFileError>] = [:]

    /// The people of a file's text; the same text gives the same people, or the same error.
    func directory(of text: String, configuration: Configuration) throws(PeopleFileError) -> Directory {
        if let known = read[text] { return try known.get() }
        let result = Result { () throws(PeopleFileError) in
            try ScenarioFiles.directory(of: text, configuration: configuration)
        }
        read[text] = result
        return try result.get()
    }
}
