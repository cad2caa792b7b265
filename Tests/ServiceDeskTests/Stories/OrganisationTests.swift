import Expressions
import FoundationEssentials
import ServiceDesk
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("The organisation of the end-to-end tests")
struct OrganisationTests {
    private static let folder =
        String(
            #filePath.prefix(#filePath.count - "ServiceDeskTests/Stories/OrganisationTests.swift".count))
        + "EndToEnd/Organisation"

    @Test("Every request type can be raised, and worked to a good end by the people of the demonstration")
    func everyType() async throws {
        let files = try ConfigurationBundle.load(directory: Self.folder).files
        let data = try #require(FileManager.default.contents(atPath: Self.folder + "/demo/people.csv"))
        let people = String(decoding: data, as: UTF8.self)
        try await DeskHarness.with(files: files, people: people) { harness in
            let handles = people.split(separator: "\n").dropFirst().compactMap {
                $0.split(separator: ",").first.map(String.init)
            }
            // A manager of somebody, who works in no department that serves others.
            let raiser = try await harness.viewer("anke.reuter")
            var raised: [String] = []
            for entry in try await harness.desk.catalogue(for: raiser) {
                raised.append(try await raise(entry, harness, by: raiser).summary.number)
            }
            #expect(raised.count == 9)
            for _ in 0..<60 {
                let report = try await harness.work()
                var isMoving = report != WorkReport()
                for handle in handles {
                    let viewer = try await harness.viewer(handle)
                    let page = try await harness.desk.inbox(for: viewer, filter: InboxFilter(), cursor: nil, limit: 200)
                    for item in page.items where try await act(on: item, harness, by: viewer) { isMoving = true }
                }
                if !isMoving { break }
            }
            for number in raised {
                let view = try await harness.desk.request(number, for: raiser)
                #expect(view.summary.phase == .closed, "\(number) \(view.summary.type)")
                #expect(view.summary.outcome?.isGood == true, "\(number) \(view.summary.type)")
                try await harness.checkJournal(of: view.summary.id)
            }
            #expect(try await harness.storage.nextWake() == nil)
        }
    }

    private func raise(
        _ entry: CatalogueEntry, _ harness: DeskHarness, by viewer: Viewer
    ) async throws -> RequestView {
        try await fill(entry.form) { entries in
            try await harness.desk.raise(entry.type, entries: entries, beneficiary: nil, by: viewer, key: nil).value
        }
    }

    /// Does the first thing that the step offers; whether there was one. Somebody else may have been faster.
    private func act(on item: InboxItem, _ harness: DeskHarness, by viewer: Viewer) async throws -> Bool {
        let view = try await harness.desk.request(item.request.id.description, for: viewer)
        guard let step = view.steps.first(where: { $0.instance == item.instance }) else { return false }
        #expect(step.title == item.title)
        if step.actions.contains(.approve) {
            _ = try await harness.desk.perform(
                .approve(step.instance, comment: nil), on: view.summary.number, by: viewer, key: nil,
                expectedVersion: nil)
        } else if step.actions.contains(.complete) {
            _ = try await fill(step.form) { entries in
                try await harness.desk.perform(
                    .complete(step.instance, entries), on: view.summary.number, by: viewer, key: nil,
                    expectedVersion: nil
                ).value
            }
        } else {
            return false
        }
        return true
    }

    private func fill(
        _ form: [FormFieldView], _ send: ([FieldID: JSONValue]) async throws -> RequestView
    ) async throws -> RequestView {
        var robot = FormRobot(form)
        for _ in 0..<20 {
            do {
                return try await send(robot.entries)
            } catch DeskError.rejected(let rejection) where robot.mend(rejection) {
                continue
            }
        }
        return try await send(robot.entries)
    }
}
