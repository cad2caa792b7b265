import ServiceDesk
import WorkflowCore

/// A request type for those who answer for it: its picture, who may raise it, what it asks and how it ends.
struct RequestTypeSheet {
    let visit: Visit
    let type: RequestTypeView
    /// Nil when there is nobody by the name that was asked for.
    let preview: FormPreview?
    /// What it asks of them.
    let questions: [QuestionModel]
    /// As whom the form is tried; nil for the reader.
    let name: String?

    private var texts: Texts { visit.texts }
    private var address: String { ConfigurationPages.address(of: type.row.id) }

    var content: SheetContent {
        SheetContent(
            heading: type.row.title, lead: type.row.summary,
            back: LineModel(text: texts[.configuration], address: AdministrationPages.Part.configuration.address),
            sections: [facts, picture, steps, form])
    }

    private var facts: SectionModel {
        var facts = [
            FactModel(label: texts[.identifier], text: type.row.id.text),
            FactModel(label: texts[.department], text: visit.department(type.row.department)),
            FactModel(label: texts[.file], text: type.file),
            FactModel(
                label: texts[.mayRaise], text: type.words.audience.isEmpty ? texts[.partOnly] : type.words.audience),
        ]
        if !type.words.onBehalf.isEmpty {
            facts.append(FactModel(label: texts[.mayRaiseForOthers], text: type.words.onBehalf))
        }
        if !type.words.confidants.isEmpty {
            facts.append(FactModel(label: texts[.onlySeenBy], text: type.words.confidants))
        }
        if !type.words.hiddenFrom.isEmpty {
            facts.append(FactModel(label: texts[.keptFrom], text: type.words.hiddenFrom))
        }
        if type.row.allowsAnonymous {
            facts.append(FactModel(label: texts[.anonymousType], text: texts[.yes]))
        }
        let endings = type.words.endings.map { FactModel(label: $0.label, text: $0.text) }
        return SectionModel(anchor: "facts", heading: texts[.typeFacts], facts: facts + endings)
    }

    private var picture: SectionModel {
        var section = SectionModel(anchor: "process", heading: texts[.process], help: texts[.processHelp])
        section.picture = PictureModel(
            address: "\(address)/picture.svg", alternative: texts(.processOf, type.row.title),
            width: String(Int(type.pictureSize.width.rounded(.up))),
            height: String(Int(type.pictureSize.height.rounded(.up))))
        return section
    }

    private var steps: SectionModel {
        SectionModel(
            anchor: "steps", heading: texts[.steps],
            rows: type.words.steps.map { step in
                SheetRowModel(
                    title: step.title, code: step.id.text, facts: step.details, lines: step.exceptions,
                    depth: step.depth)
            })
    }

    private var form: SectionModel {
        var person = QuestionModel(name: "as", label: texts[.previewAs], help: texts[.previewAsHelp])
        (person.isPerson, person.width) = (true, "middle")
        person.value = name ?? visit.viewer.person.handle
        var section = SectionModel(anchor: "form", heading: texts[.previewForm])
        if preview == nil { person.error = texts[.noPerson] }
        section.filter = FilterFormModel(
            address: "\(address)#form", questions: [person.identified("preview-as")], button: texts[.previewButton])
        guard let preview else { return section }
        guard let draft = preview.draft else {
            section.empty = texts(.previewNone, preview.person.name)
            return section
        }
        let asked = draft.questions.count
        section.help = texts(
            .previewHelp, preview.person.name, "\(asked)/\(type.form.count)")
        section.preview = PreviewModel(
            address: "\(address)/preview", handle: preview.person.handle,
            questions: questions, isBranching: draft.isBranching)
        return section
    }
}
