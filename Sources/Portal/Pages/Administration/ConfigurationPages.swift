import HTTPAPI
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceDesk
import WorkflowCore

/// The configuration as it is applied: what there is, how it runs, what it asks of whom, and who changed it.
struct ConfigurationPages: Sendable {
    let sheets: Sheets
    /// In octets, for what is said of files.
    let maximumUpload: Int

    private var desk: any PortalDesk { sheets.desk }

    func list(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        try visit.require(.readConfiguration)
        let texts = visit.texts
        let types = try await desk.requestTypes(for: visit.viewer)
        let view = try await desk.configuration(for: visit.viewer)
        let diagnostics = try await desk.diagnostics(for: visit.viewer)
        var sections = Dictionary(grouping: types, by: \.department).sorted { $0.key < $1.key }.map { id, types in
            SectionModel(
                anchor: "department-\(id.text)", heading: visit.department(id),
                rows: types.map { type in
                    SheetRowModel(
                        title: type.title, address: Self.address(of: type.id), code: type.id.text,
                        tags: Self.tags(of: type, texts), facts: [type.summary].compactMap { $0 })
                })
        }
        sections.append(
            SectionModel(
                anchor: "diagnostics", heading: texts[.diagnostics], help: texts[.diagnosticsHelp],
                rows: diagnostics.map { diagnostic in
                    SheetRowModel(
                        title: diagnostic.message, code: diagnostic.location.description,
                        tags: [TagModel(text: diagnostic.code, tone: "warn")],
                        facts: [diagnostic.hint].compactMap { $0 })
                }, empty: texts[.noDiagnostics]))
        sections.append(
            SectionModel(
                anchor: "versions", heading: texts[.versions], help: texts[.versionsHelp],
                rows: view.applications.map { application in
                    let isCurrent = application.application.version == view.version
                    return SheetRowModel(
                        title: texts(
                            .appliedBy, application.person?.name ?? texts.principal(application.application.principal)),
                        code: String(application.application.version.text.prefix(12)),
                        tags: isCurrent ? [TagModel(text: texts[.inUse], tone: "good")] : [],
                        facts: [texts.moment(application.application.at)])
                }, empty: texts[.noVersions]))
        let content = SheetContent(
            heading: texts[.configuration], lead: texts[.configurationLead], tabs: visit.tabs(.configuration),
            sections: sections)
        return sheets.page(content, visit, .administration)
    }

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request.withoutEmptyParameters())
        let name = try query.text("as")
        try query.finish()
        return try await show(visit, as: name, FormFields())
    }

    /// The same with what was typed into the preview; nothing is stored.
    func preview(_ visit: Visit) async throws -> Response {
        try await show(visit, as: visit.fields.text("as"), RowOrder(visit.fields).fields)
    }

    /// The questions of the preview after what was typed so far.
    func check(_ visit: Visit) async throws -> Response {
        try visit.require(.readConfiguration)
        let fields = RowOrder(visit.fields).fields
        let reader = EntryReader(fields, texts: visit.texts)
        let preview = try await desk.preview(
            try visit.type, as: visit.fields["as"] ?? "", for: visit.viewer
        ) { reader.entries($0) }
        let content = QuestionsContent(questions: questions(preview, reader))
        return .page(sheets.templates.fragment("questions", content, in: visit.shell("", nil)))
    }

    func picture(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        try visit.require(.readConfiguration)
        let text = try await desk.picture(of: try visit.type, for: visit.viewer)
        var response = Response(
            status: .ok, headers: [.contentType: "image/svg+xml; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        // The picture brings its own style, and nothing else.
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'"
        response.headers[.vary] = "Accept-Language, Cookie"
        return response
    }

    private func show(_ visit: Visit, as name: String?, _ fields: FormFields) async throws -> Response {
        try visit.require(.readConfiguration)
        let type = try await desk.requestType(try visit.type, for: visit.viewer)
        let handle = try await desk.handle(for: name ?? visit.viewer.person.handle)
        let reader = EntryReader(fields, texts: visit.texts)
        let found = try await answer {
            try await desk.preview(type.row.id, as: handle, for: visit.viewer) { reader.entries($0) }
        }
        // Nobody by that name: the page says so beside the field.
        let preview = if case .success(let preview) = found { preview } else { FormPreview?.none }
        let builder = RequestTypeSheet(
            visit: visit, type: type, preview: preview, questions: questions(preview, reader), name: name)
        return sheets.page(builder.content, visit, .administration)
    }

    private func questions(_ preview: FormPreview?, _ reader: EntryReader) -> [QuestionModel] {
        var builder = QuestionBuilder(
            texts: reader.texts, typed: reader, problems: [:], maximumUpload: maximumUpload)
        builder.takesFiles = false
        return builder.models(preview?.draft?.questions ?? [])
    }

    static func address(of type: RequestTypeID) -> String {
        "/administration/configuration/\(type.text.percentEncoded)"
    }

    static func tags(of type: RequestTypeRow, _ texts: Texts) -> [TagModel] {
        var tags: [TagModel] = []
        if type.isConfidential { tags.append(TagModel(text: texts[.confidentialType], tone: "warn")) }
        if type.allowsAnonymous { tags.append(TagModel(text: texts[.anonymousType], tone: "open")) }
        if !type.isOffered { tags.append(TagModel(text: texts[.partOnly])) }
        return tags
    }
}

extension Visit {
    /// The request type of the path.
    var type: RequestTypeID {
        get throws(Problem) { RequestTypeID(try variable("type")) }
    }
}

extension Texts {
    /// Who acted, where it was nobody of the directory: `operator`, `system:timer`.
    func principal(_ text: String) -> String {
        switch text {
        case "operator": self[.operatorName]
        case "anonymous": self[.anonymousName]
        case _ where text.hasPrefix("system:"): self[.systemName]
        default: text
        }
    }
}
