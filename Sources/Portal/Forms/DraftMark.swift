import ServiceDesk

/// Which draft a form goes on with, in fields that nobody sees: the one that it was filled from, and what its page keeps from then on.
struct DraftMark: ViewModel {
    /// What the page calls itself.
    let page: String
    /// The version of the draft that it was filled from; empty for none.
    let kept: String
    /// The version of another window's draft that its reader was told of; empty for none.
    let told: String

    /// - Parameters:
    ///   - fields: What the page has sent; nothing where it is shown for the first time.
    ///   - draft: What it is filled from.
    init(_ fields: FormFields, _ draft: KeptDraft?) {
        page = fields["page"] ?? Visit.newKey()
        kept = fields["kept"] ?? draft.map { String($0.version) } ?? ""
        told = fields["told"] ?? ""
    }

    static let readable: [String: Readable<Self>] = [
        "page": .text { $0.page },
        "kept": .text { $0.kept },
        "told": .text { $0.told },
    ]
}

extension FormFields {
    /// The draft that the form goes on with: typing replaces no other.
    var ownDraft: DraftCondition { .seen(version: draftVersion("kept"), page: text("page")) }

    /// The same, or the other one that its reader was told of: their button replaces that.
    var toldDraft: DraftCondition { draftVersion("told").map { .seen(version: $0, page: text("page")) } ?? ownDraft }

    private func draftVersion(_ name: String) -> Int? {
        guard let text = self[name], text.utf8.count < 18 else { return nil }
        return Int(text)
    }
}
