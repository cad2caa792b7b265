extension OutcomeID {
    /// What people read where the file gives it no title: its identifier as words, and for those that most files have the German word.
    func words(in language: String) -> String {
        (language.isGerman ? Self.german[text] : nil) ?? text.identifierInWords
    }

    /// The outcomes of the language itself, and those that examples and starting files use.
    private static let german: [String: String] = [
        "approved": "Genehmigt", "cancelled": "Abgebrochen", "closed": "Geschlossen", "completed": "Abgeschlossen",
        "declined": "Abgelehnt", "delivered": "Geliefert", "denied": "Abgelehnt", "done": "Erledigt",
        "evaluation": "Nicht auswertbar", "expired": "Abgelaufen", "failed": "Gescheitert", "fine": "In Ordnung",
        "granted": "Gewährt", "lost": "Verloren", "no": "Nein", "open": "Offen", "ready": "Bereit",
        "refused": "Abgewiesen", "rejected": "Abgelehnt", "resolved": "Gelöst", "returned": "Zurückgegeben",
        "solved": "Gelöst", "withdrawn": "Zurückgezogen", "yes": "Ja",
    ]
}
