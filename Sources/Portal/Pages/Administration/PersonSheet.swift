import ServiceDesk
import WorkflowCore

/// Somebody of the directory: to what they belong, who stands in, and how they come in.
struct PersonSheet {
    let visit: Visit
    let person: DirectoryPersonView
    /// Nil where the reader may not manage accounts, and of programs.
    var account: AccountView?
    var sessions: [SessionView] = []
    var tokens: [StoredToken] = []
    var managesTokens = false
    /// A code or a token that was just made.
    var secret: String?
    /// Why nothing was done.
    var refusal: Rejection?

    private var texts: Texts { visit.texts }
    private var address: String { DirectoryPages.address(of: person.person.handle) }

    var content: SheetContent {
        var sections = [facts]
        if let deputies { sections.append(deputies) }
        if let account { sections += [accountSection(account), sessionSection] }
        if managesTokens { sections.append(tokenSection) }
        if let secret {
            sections.insert(
                SectionModel(
                    anchor: "secret", heading: texts[.secretHeading], help: texts[.secretHelp], secret: secret), at: 0)
        }
        return SheetContent(
            heading: person.person.name,
            back: LineModel(text: texts[.people], address: AdministrationPages.Part.people.address),
            errors: ErrorSummary(refusal.map { [LineModel(text: texts.refusal($0))] } ?? [], texts: texts),
            sections: sections)
    }

    private var facts: SectionModel {
        var facts = [
            FactModel(label: texts[.handle], text: person.person.handle),
            FactModel(label: texts[.kindOfAccount], text: texts[person.kind == .service ? .program : .aPerson]),
        ]
        if !person.isActive { facts.append(FactModel(label: texts[.state], text: texts[.hasLeft])) }
        if !person.email.isEmpty { facts.append(FactModel(label: texts[.email], text: person.email)) }
        if let manager = person.manager {
            facts.append(
                FactModel(
                    label: texts[.manager], text: manager.name,
                    address: manager.handle.isEmpty ? nil : DirectoryPages.address(of: manager.handle)))
        }
        if let site = person.site, !site.isEmpty { facts.append(FactModel(label: texts[.site], text: site)) }
        for (label, parties) in [(texts[.groups], person.groups), (texts[.teams], person.teams)]
        where !parties.isEmpty {
            facts.append(FactModel(label: label, text: parties.map(\.name).joined(separator: ", ")))
        }
        if !person.roles.isEmpty {
            facts.append(
                FactModel(label: texts[.roles], text: person.roles.map(\.name).joined(separator: ", ")))
        }
        return SectionModel(anchor: "facts", heading: texts[.personFacts], facts: facts)
    }

    private var deputies: SectionModel? {
        let builder = DeputySheet(visit: visit, base: nil)
        let rows = (person.deputies.deputies + person.deputies.standsInFor).map(builder.row)
        return rows.isEmpty ? nil : SectionModel(anchor: "deputies", heading: texts[.deputies], rows: rows)
    }

    private func accountSection(_ account: AccountView) -> SectionModel {
        var facts = [FactModel(label: texts[.password], text: texts[account.hasPassword ? .yes : .no])]
        if let until = account.blockedUntil {
            facts.append(FactModel(label: texts[.blockedUntil], text: texts.moment(until)))
        }
        if let until = account.invitedUntil {
            facts.append(FactModel(label: texts[.invitedUntil], text: texts.moment(until)))
        }
        if account.isLocked { facts.append(FactModel(label: texts[.state], text: texts[.locked])) }
        var buttons: [ButtonModel] = []
        if !account.isLocked {
            buttons.append(ButtonModel(text: texts[.invite], address: "\(address)/invitation"))
            buttons.append(ButtonModel(text: texts[.lock], style: "danger", address: "\(address)/lock"))
        }
        if account.isLocked || account.blockedUntil != nil {
            buttons.append(ButtonModel(text: texts[.unlock], address: "\(address)/unlock"))
        }
        return SectionModel(
            anchor: "account", heading: texts[.account], help: texts[.accountHelp], facts: facts,
            actions: [ActionForm(address: "\(address)/invitation", key: Visit.newKey(), buttons: buttons)])
    }

    private var sessionSection: SectionModel {
        SectionModel(
            anchor: "sessions", heading: texts[.sessionsOf],
            rows: sessions.map { session in
                let title = session.label.isEmpty ? texts[ProfilePage.method(session.method)] : session.label
                let facts = texts(.sessionFacts, texts.moment(session.createdAt), texts.moment(session.seenAt))
                var row = SheetRowModel(title: title, facts: [facts])
                row.action = .small(
                    "\(address)/end-session", id: session.id, texts[.endSession], of: "\(title), \(facts)")
                return row
            }, empty: texts[.noSessions])
    }

    private var tokenSection: SectionModel {
        let builder = TokenSheet(visit: visit)
        var section = SectionModel(
            anchor: "tokens", heading: texts[.tokens],
            rows: tokens.map { builder.row($0, revoking: "\(address)/revoke-token") }, empty: texts[.noTokens])
        if person.kind == .service, visit.may(.manageServiceAccounts) {
            section.actions = [builder.form("\(address)/tokens", typed: nil)]
        }
        return section
    }
}

extension ActionForm {
    /// A quiet button in a line of a list.
    static func small(_ address: String, id: UniqueID, _ text: String, of subject: String) -> ActionForm {
        ActionForm(
            address: address, key: "", hidden: [HiddenModel(name: "id", value: id.description)],
            buttons: [ButtonModel(text: text, style: "quiet", subject: subject)])
    }
}

extension FormFields {
    /// What a small form is about; an identifier that nothing has when it names none.
    var identifier: UniqueID { self["id"].flatMap { UniqueID($0) } ?? UniqueID(high: 0, low: 0) }
}
