import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// In which time zone somebody reads moments, in all browsers. A page of its own: there are hundreds to choose from.
struct ZonePage: Sendable {
    let sheets: Sheets

    static let path = "/profile/time-zone"

    /// Stands for the organisation's among time zones.
    private static let organisation = "organisation"

    private var desk: any PortalDesk { sheets.desk }

    func show(_ visit: Visit) async throws -> Response {
        try QueryReader(visit.request).finish()
        return try await page(visit, try await desk.preferences(of: visit.viewer))
    }

    func save(_ visit: Visit) async throws -> Response {
        let typed = visit.fields.text("time_zone")
        let zone = typed == Self.organisation ? nil : typed
        let present = try await desk.preferences(of: visit.viewer)
        let kept = try await answer {
            try await desk.keepPreferences(timeZone: zone, off: present.off.map(\.rawValue), by: visit.viewer)
        }
        switch kept {
        case .success: return .seeOther("\(OwnPage.profile.address)?saved=true")
        case .failure(let rejection): return try await page(visit, present, typed: typed, refusal: rejection)
        }
    }

    private func page(
        _ visit: Visit, _ preferences: PreferencesView, typed: String? = nil, refusal: Rejection? = nil
    ) async throws -> Response {
        let texts = visit.texts
        let question = question(
            preferences, present: typed ?? preferences.timeZone ?? Self.organisation, refusal, texts)
        let content = SheetContent(
            heading: texts[.timeZone], lead: texts[.timeZoneHelp],
            back: LineModel(text: texts[.profile], address: OwnPage.profile.address),
            errors: ErrorSummary(
                refusal.map { [LineModel(text: texts.refusal($0), address: "#time_zone")] } ?? [], texts: texts),
            sections: [
                SectionModel(
                    anchor: "zone", heading: texts[.chooseZone],
                    actions: [
                        ActionForm(
                            address: Self.path, key: Visit.newKey(), questions: [question],
                            buttons: [ButtonModel(text: texts[.save], style: "primary")])
                    ])
            ])
        return sheets.page(content, visit, .profile, status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func question(
        _ preferences: PreferencesView, present: String, _ refusal: Rejection?, _ texts: Texts
    ) -> QuestionModel {
        var zone = QuestionModel(name: "time_zone", label: texts[.timeZone], help: nil)
        zone.error = refusal.map(texts.refusal)
        let offered = desk.zoneNames
        guard !offered.isEmpty else {
            (zone.value, zone.width) = (present == Self.organisation ? "" : present, "middle")
            return zone
        }
        zone.look = .select
        // One that is known by another name than those that are offered stays chosen.
        let names = offered + (offered.contains(present) || present == Self.organisation ? [] : [present])
        func option(_ name: String, _ label: Substring) -> OptionModel {
            OptionModel(id: "", value: name, label: String(label), isChecked: name == present)
        }
        let parted = names.map { name in (name, name.split(separator: "/", maxSplits: 1)) }
        zone.options =
            [
                OptionModel(
                    id: "", value: Self.organisation,
                    label: texts(.asOrganisation, preferences.organisationTimeZone),
                    isChecked: present == Self.organisation)
            ] + parted.filter { $0.1.count == 1 }.map { option($0.0, $0.0[...]) }
        let areas = Dictionary(grouping: parted.filter { $0.1.count == 2 }) { $0.1[0] }
        zone.groups = areas.map { area, names in
            OptionGroupModel(
                label: texts.area(String(area)),
                options: names.map { name, parts in
                    let place = parts[1].split(separator: "/").joined(separator: " – ")
                    return option(name, place.plainWords[...])
                })
        }.sorted { $0.label < $1.label }
        return zone
    }
}

extension PreferencesView {
    /// The zone in which moments are shown to them, and whether that is the organisation's.
    func words(_ texts: Texts) -> String { timeZone ?? texts(.asOrganisation, organisationTimeZone) }
}

extension Texts {
    /// A part of the world, as names of zones begin: `Europe`, `Indian`.
    fileprivate func area(_ name: String) -> String {
        switch name {
        case "Africa": isGerman ? "Afrika" : name
        case "America": isGerman ? "Amerika" : name
        case "Antarctica": isGerman ? "Antarktis" : name
        case "Arctic": isGerman ? "Arktis" : name
        case "Asia": isGerman ? "Asien" : name
        case "Atlantic": isGerman ? "Atlantik" : "Atlantic Ocean"
        case "Australia": isGerman ? "Australien" : name
        case "Europe": isGerman ? "Europa" : name
        case "Indian": isGerman ? "Indischer Ozean" : "Indian Ocean"
        case "Pacific": isGerman ? "Pazifik" : "Pacific Ocean"
        default: name
        }
    }
}
