import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@testable import Portal

@Suite("Services by what people need")
struct ServiceSearchTests {
    private static func entry(
        _ type: RequestTypeID, _ title: String, _ summary: String? = nil, asks: String = "Why?",
        _ choices: [String] = [], keywords: String? = nil
    ) -> CatalogueEntry {
        let question = FormFieldView(
            id: "a", label: asks, help: nil, type: "choice", elementType: nil, isOptional: false, askWhen: nil,
            choices: choices.map { ChoiceView(value: $0, label: $0) }, minimum: nil, maximum: nil, defaultValue: nil,
            columns: [], computed: nil)
        var entry = CatalogueEntry(
            type: type, department: "it", departmentTitle: "Computers", title: title, summary: summary,
            form: [question])
        entry.keywords = keywords
        return entry
    }

    private static let search: ServiceSearch = {
        var search = ServiceSearch()
        search.add([
            entry("it.fault", "Something does not work", "For what is broken.", asks: "What?", ["Wi-Fi", "Monitor"]),
            entry("it.chair", "Office chair", keywords: "seat stool"), entry("it.leave", "Days off"),
        ])
        search.add([
            entry("it.fault", "Etwas geht nicht", asks: "Was?", ["WLAN", "Bildschirm"]),
            entry("it.chair", "Bürostuhl"), entry("it.leave", "Urlaub"),
        ])
        return search
    }()

    @Test(
        "Any word counts, in every language, by how it begins and as part of a long word",
        arguments: [
            ("broken chair", ["it.chair", "it.fault"]), ("wifi", ["it.fault"]), ("Wi-Fi", ["it.fault"]),
            ("monitors", ["it.fault"]), ("my urlaub", ["it.leave"]), ("stuhl", ["it.chair"]),
            ("BÜROSTÜHLE", []), ("buerostuhl", ["it.chair"]), ("office chair", ["it.chair"]),
            ("chair that is broken and not mended", ["it.chair", "it.fault"]), ("periscope", []),
            ("off", ["it.chair", "it.leave"]), ("a stool", ["it.chair"]), ("SEATS", ["it.chair"]),
        ] as [(String, [RequestTypeID])])
    func needs(words: String, expected: [RequestTypeID]) {
        let found = Self.search.found(words)
        #expect(found.keys.sorted { found[$0] ?? 0 < found[$1] ?? 0 } == expected)
    }

    @Test("What fits all of the words leaves out what is two words short")
    func ranks() {
        let found = Self.search.found("something broken monitor")
        #expect(found == ["it.fault": 0])
    }
}
