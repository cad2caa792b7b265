extension OutcomeID {
    /// What people read where the file gives it no title: its identifier as words. Those of the language itself, which no file declares,
    /// have words of their own.
    func words(in language: String) -> String {
        (language.isGerman ? Self.german[text] : nil) ?? text.identifierInWords
    }

    /// How an approval ends, a child that was refused or could not be asked, and a request whose type has no bad outcome.
    private static let german = [
        "approved": "Genehmigt", "evaluation": "Nicht auswertbar", "failed": "Gescheitert", "refused": "Abgewiesen",
        "rejected": "Abgelehnt",
    ]
}
