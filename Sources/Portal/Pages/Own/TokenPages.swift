import HTTPAPI
import HTTPTypes
import Hummingbird
import ServiceDesk
import WorkflowCore

/// The tokens that somebody makes for programs of theirs.
struct TokenPages: Sendable {
    let sheets: Sheets

    private static let path = OwnPage.tokens.address

    func show(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        return try await page(visit)
    }

    /// - Parameter typed: What comes back into the form.
    func page(
        _ visit: Visit, secret: String? = nil, refusal: Rejection? = nil, typed: FormFields? = nil,
        notice: String? = nil
    ) async throws -> Response {
        let texts = visit.texts
        let tokens = try await sheets.desk.tokens(of: visit.viewer)
        let sheet = TokenSheet(visit: visit)
        var sections = [
            SectionModel(
                anchor: "tokens", heading: texts[.myTokens],
                rows: tokens.map { sheet.row($0, revoking: "\(Self.path)/revoke") }, empty: texts[.noTokens]),
            SectionModel(
                anchor: "new", heading: texts[.newToken],
                actions: [sheet.form(Self.path, typed: typed)]),
        ]
        if let secret {
            sections.insert(
                SectionModel(
                    anchor: "secret", heading: texts[.tokenMade], help: texts[.secretHelp], secret: secret), at: 0)
        }
        let content = SheetContent(
            heading: texts[.tokens], lead: texts[.tokensLead], tabs: OwnPage.tokens.tabs(texts),
            errors: ErrorSummary(refusal.map { [LineModel(text: texts.refusal($0))] } ?? [], texts: texts),
            sections: sections)
        return sheets.page(
            content, visit, .profile, status: refusal == nil ? .ok : .unprocessableContent, notice: notice)
    }

    /// Makes a token and shows its secret, this once.
    func create(_ visit: Visit) async throws -> Response {
        let token = visit.fields.token
        let made = try await answer {
            try await sheets.desk.createToken(
                token.label, scopes: token.scopes, lifetime: token.lifetime, by: visit.viewer)
        }
        switch made {
        case .success(let made): return try await page(visit, secret: made.secret)
        case .failure(let rejection): return try await page(visit, refusal: rejection, typed: visit.fields)
        }
    }

    func revoke(_ visit: Visit) async throws -> Response {
        let done = try await answer {
            try await sheets.desk.revokeToken(visit.fields.identifier, of: visit.viewer)
        }
        // Sent twice, or it has ended by itself: what was wanted is so.
        if case .failure(let rejection) = done, rejection.kind != .notFound { throw DeskError.rejected(rejection) }
        return .seeOther(Self.path)
    }
}

/// Tokens as lines of a list, and the form that makes one.
struct TokenSheet {
    let visit: Visit

    private var texts: Texts { visit.texts }

    func row(_ token: StoredToken, revoking address: String) -> SheetRowModel {
        let until = token.expiresAt.map { texts(.validUntil, texts.moment($0)) } ?? texts[.always]
        var row = SheetRowModel(
            title: token.label, tags: token.scopes.sorted().map { TagModel(text: texts[$0.text]) },
            facts: [texts(.madeOn, texts.moment(token.createdAt)), until])
        row.action = .small(address, id: token.id, texts[.revoke], of: token.label)
        return row
    }

    func form(_ address: String, typed: FormFields?) -> ActionForm {
        var label = QuestionModel(name: "label", label: texts[.tokenLabel], help: texts[.tokenLabelHelp])
        (label.value, label.width) = (typed?["label"] ?? "", "middle")
        var scopes = QuestionModel(
            name: "scope", label: texts[.tokenScopes], help: texts[.tokenScopesHelp], look: .options)
        scopes.input = "checkbox"
        let chosen = Set(typed?.values("scope") ?? [])
        scopes.options = Scope.allCases.sorted().map { scope in
            OptionModel(
                id: "scope-\(scope.rawValue.map { $0 == ":" ? "-" : String($0) }.joined())", value: scope.rawValue,
                label: texts[scope.text], isChecked: chosen.contains(scope.rawValue))
        }
        var days = QuestionModel(name: "days", label: texts[.tokenDays], help: nil)
        (days.value, days.inputMode, days.width) = (typed?["days"] ?? "90", "numeric", "short")
        return ActionForm(
            address: address, key: "",
            questions: [label, scopes, days],
            buttons: [ButtonModel(text: texts[.makeToken], style: "primary")])
    }
}

extension FormFields {
    /// What is asked for when a token is made; scopes that there are not are left out.
    var token: (label: String, scopes: Set<Scope>, lifetime: Duration) {
        // More days than anything allows, so that no number overflows.
        let days = min(max(Int(self["days"]?.trimmed.prefix(6) ?? "") ?? 0, 0), 100_000)
        return (
            (self["label"] ?? "").trimmed, Set(values("scope").compactMap { Scope(rawValue: $0) }),
            .seconds(86_400) * days
        )
    }
}

extension Scope {
    var text: OfficeText {
        switch self {
        case .requestsRead: .scopeRequestsRead
        case .requestsWrite: .scopeRequestsWrite
        case .work: .scopeWork
        case .directoryWrite: .scopeDirectory
        case .configurationWrite: .scopeConfiguration
        case .auditRead: .scopeAudit
        case .account: .scopeAccount
        case .all: .scopeAll
        }
    }
}
