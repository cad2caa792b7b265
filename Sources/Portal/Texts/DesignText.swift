/// What the page that shows what pages are made of speaks of: a badge that somebody has lost.
enum DesignText: CaseIterable, Sendable {
    case after, approval, before, comment, commented, decided, door, fee, feedback, keys, number, raised, refund,
        returning, service, serviceSummary, task, view, why

    var words: (english: String, german: String) {
        switch self {
        case .after: ("Hand the badge out", "Ausweis ausgeben")
        case .approval: ("Agree to a new badge", "Neuen Ausweis genehmigen")
        case .before: ("Block the old badge", "Alten Ausweis sperren")
        case .comment:
            (
                "It was in the bag that I left on the train to Porto.",
                "Er war in der Tasche, die ich im Zug nach Porto vergessen habe."
            )
        case .commented: ("Lin Zhao commented", "Lin Zhao hat kommentiert")
        case .decided: ("Anke Reuter approved", "Anke Reuter hat genehmigt")
        case .door: ("Door", "Tür")
        case .fee: ("Fee", "Gebühr")
        case .feedback: ("Ask how it was", "Nachfragen, wie es war")
        case .keys: ("Keys", "Schlüssel")
        case .number: ("Badge number", "Ausweisnummer")
        case .raised: ("Lin Zhao asked for it", "Lin Zhao hat das angefragt")
        case .refund: ("Return the fee", "Gebühr erstatten")
        case .returning: ("Take the old badge back", "Alten Ausweis zurücknehmen")
        case .service: ("Replacement badge", "Ersatzausweis")
        case .serviceSummary:
            (
                "For whoever has lost theirs, or whose opens no door any more.",
                "Wenn Ihrer verloren ist oder keine Tür mehr öffnet."
            )
        case .task: ("Print the badge", "Ausweis drucken")
        case .view: ("My approvals", "Meine Genehmigungen")
        case .why: ("2 working days after it began", "2 Arbeitstage nach Beginn")
        }
    }
}

extension Texts {
    func sample(_ text: DesignText) -> String { isGerman ? text.words.german : text.words.english }
}
